package io.trafficmirror.soak;

import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.Fault;
import io.trafficmirror.embedded.Faults;
import java.time.Duration;
import java.util.List;

/**
 * What AWS is like during a soak: throttled, slow, forgetful, and one call in twenty goes wrong.
 */
final class Weather {

  static final double FAULTS = 0.05;
  static final double DUPLICATES = 0.05;
  static final Duration LONGEST_DELAY = Duration.ofSeconds(20);
  static final Duration LONGEST_READ_LAG = Duration.ofSeconds(2);
  static final double EMPTY_PAGES = 0.05;

  /** How long the product's clients wait for an answer. */
  private static final Duration UNTIL_THEY_GIVE_UP = Duration.ofSeconds(8);

  private static final List<Fault> KINDS =
      List.of(
          new Fault.Refused(500, "InternalError"),
          new Fault.Cut(),
          new Fault.UnknownHost(),
          new Fault.TimedOut(UNTIL_THEY_GIVE_UP),
          new Fault.Slow(Duration.ofSeconds(3)),
          new Fault.AnswerLost(),
          new Fault.AnswerCut(),
          new Fault.DoneButRefused(503, "ServiceUnavailable"),
          new Fault.DoneButTimedOut(UNTIL_THEY_GIVE_UP));

  private final EmbeddedAws aws;

  Weather(EmbeddedAws aws) {
    this.aws = aws;
  }

  /** Everything but the faults; it stays to the end. */
  void begin() {
    aws.ec2().throttles().asDocumented();
    aws.ec2().readLag(Duration.ZERO, LONGEST_READ_LAG);
    aws.ec2().emptyPages(EMPTY_PAGES);
    aws.latencies().typical();
    aws.eventBridge().unreliable(DUPLICATES, LONGEST_DELAY);
  }

  /** All kinds of faults, each as often as the others, in all services. */
  void breakThings() {
    Faults faults = aws.faults();
    double share = FAULTS / KINDS.size();
    KINDS.forEach(kind -> faults.inject("*", "*", kind, Integer.MAX_VALUE, share));
  }

  /** Once a minute: Kinesis refuses an entry of a call that it takes. */
  void everyMinute() {
    aws.kinesis().refuseEntries(1, "ProvisionedThroughputExceededException");
  }

  /** A few times an hour: EC2 knows none of its page tokens any more. */
  void everyQuarter() {
    aws.ec2().expireTokens();
  }

  void mend() {
    aws.faults().clear();
  }
}
