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
 * Calls as the predecessor makes them: a backfill goes from instance to instance, one lookup of the
 * target and one create each; a launch is a function of its own that describes its instance first.
 * Nothing is retried beyond what the SDK does by itself, and what fails is logged and forgotten. It
 * is spared the predecessor's defects that are no matter of calling.
 */
final class PredecessorsWay {

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
  private static final Duration FIRST_THROTTLING_BACKOFF = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(20);

  private final Stage stage;
  private final Ec2Client ec2;

  PredecessorsWay(Stage stage) {
    this.stage = stage;
    this.ec2 =
        Ec2Client.builder()
            .httpClient(stage.world.aws().inProcessHttpClient())
            .overrideConfiguration(
                client ->
                    client.retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .backoffStrategy(pausing(FIRST_BACKOFF))
                            .throttlingBackoffStrategy(pausing(FIRST_THROTTLING_BACKOFF))
                            .build()))
            .build();
  }

  /** The SDK's standard pauses, by the stage's clock. */
  private BackoffStrategy pausing(Duration first) {
    BackoffStrategy standard =
        BackoffStrategy.exponentialDelayWithoutJitter(first, LONGEST_BACKOFF);
    return attempt -> {
      try {
        stage.clock.sleep(standard.computeDelay(attempt));
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
          ec2.describeInstances(r -> r.maxResults(Stage.PAGE).nextToken(next));
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
      // The predecessor logs it; nobody tries again.
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
      // The predecessor logs it; nobody tries again.
    }
  }
}
