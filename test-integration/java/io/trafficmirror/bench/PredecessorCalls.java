package io.trafficmirror.bench;

import io.trafficmirror.harness.SourceFleet;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;

/**
 * Makes the same calls as the predecessor. A backfill handles one instance after another, with one
 * target lookup and one create each. A launch invokes a function of its own, which describes its
 * instance first. Only the SDK retries; other failures are logged and ignored. Defects of the
 * predecessor that do not concern its calls are not reproduced.
 */
final class PredecessorCalls {

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
  private static final Duration FIRST_THROTTLING_BACKOFF = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(20);

  private final BenchmarkSetup setup;
  private final Ec2Client ec2;

  PredecessorCalls(BenchmarkSetup setup) {
    this.setup = setup;
    this.ec2 =
        Ec2Client.builder()
            .httpClient(setup.world.aws().inProcessHttpClient())
            .overrideConfiguration(
                client ->
                    client.retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .backoffStrategy(pausing(FIRST_BACKOFF))
                            .throttlingBackoffStrategy(pausing(FIRST_THROTTLING_BACKOFF))
                            .build()))
            .build();
  }

  /** The standard delays of the SDK, on the clock of the setup. */
  private BackoffStrategy pausing(Duration first) {
    BackoffStrategy standard =
        BackoffStrategy.exponentialDelayWithoutJitter(first, LONGEST_BACKOFF);
    return attempt -> {
      try {
        setup.clock.sleep(standard.computeDelay(attempt));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return Duration.ZERO;
    };
  }

  void backfill() {
    Optional<String> token = Optional.empty();
    do {
      String next = token.orElse(null);
      DescribeInstancesResponse page =
          ec2.describeInstances(r -> r.maxResults(BenchmarkSetup.PAGE).nextToken(next));
      page.reservations().stream()
          .flatMap(reservation -> reservation.instances().stream())
          .forEach(this::mirror);
      token = Optional.ofNullable(page.nextToken());
    } while (token.isPresent());
  }

  void launched(String id) {
    try {
      ec2.describeInstances(r -> r.instanceIds(id)).reservations().stream()
          .flatMap(reservation -> reservation.instances().stream())
          .forEach(this::mirror);
    } catch (SdkException logged) {
      // The predecessor logs the failure without a retry.
    }
  }

  private void mirror(Instance instance) {
    try {
      ec2.describeTrafficMirrorTargets(
          r ->
              r.filters(
                  Filter.builder()
                      .name("traffic-mirror-target-id")
                      .values(SourceFleet.TARGET)
                      .build()));
      ec2.createTrafficMirrorSession(
          r ->
              r.networkInterfaceId(instance.networkInterfaces().getFirst().networkInterfaceId())
                  .trafficMirrorTargetId(SourceFleet.TARGET)
                  .trafficMirrorFilterId(SourceFleet.FILTER)
                  .sessionNumber(100));
    } catch (SdkException logged) {
      // The predecessor logs the failure without a retry.
    }
  }
}
