package io.trafficmirror.soak;

import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.Fault;
import io.trafficmirror.embedded.Faults;
import java.time.Duration;
import java.util.List;

/**
 * The conditions in embedded AWS during a soak: throttling, latency, stale reads, and faults in one
 * of twenty calls.
 */
final class AwsConditions {

  static final double FAULTS = 0.05;
  static final double DUPLICATES = 0.05;
  static final Duration LONGEST_DELAY = Duration.ofSeconds(20);
  static final Duration LONGEST_READ_LAG = Duration.ofSeconds(2);
  static final double EMPTY_PAGES = 0.05;

  /** The timeout of the product's clients. */
  private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(8);

  private static final List<Fault> KINDS =
      List.of(
          new Fault.Refused(500, "InternalError"),
          new Fault.Cut(),
          new Fault.UnknownHost(),
          new Fault.TimedOut(CLIENT_TIMEOUT),
          new Fault.Slow(Duration.ofSeconds(3)),
          new Fault.AnswerLost(),
          new Fault.AnswerCut(),
          new Fault.DoneButRefused(503, "ServiceUnavailable"),
          new Fault.DoneButTimedOut(CLIENT_TIMEOUT));

  private final EmbeddedAws aws;

  AwsConditions(EmbeddedAws aws) {
    this.aws = aws;
  }

  /** Sets all conditions except faults, for the whole soak. */
  void set() {
    aws.ec2().throttles().asDocumented();
    aws.ec2().readLag(Duration.ZERO, LONGEST_READ_LAG);
    aws.ec2().emptyPages(EMPTY_PAGES);
    aws.latencies().typical();
    aws.eventBridge().unreliable(DUPLICATES, LONGEST_DELAY);
  }

  /** Injects all kinds of faults with equal frequency into all services. */
  void injectFaults() {
    Faults faults = aws.faults();
    double share = FAULTS / KINDS.size();
    KINDS.forEach(kind -> faults.inject("*", "*", kind, Integer.MAX_VALUE, share));
  }

  /** Makes Kinesis reject one entry of a call that it accepts. */
  void everyMinute() {
    aws.kinesis().refuseEntries(1, "ProvisionedThroughputExceededException");
  }

  /** Expires all page tokens of EC2. */
  void everyQuarterHour() {
    aws.ec2().expireTokens();
  }

  void clearFaults() {
    aws.faults().clear();
  }
}
