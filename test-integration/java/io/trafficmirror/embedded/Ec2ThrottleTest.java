package io.trafficmirror.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** EC2's token buckets, as documented in "Request throttling" of its developer guide. */
class Ec2ThrottleTest {

  private final Ec2World world = new Ec2World();

  @Test
  void doesNotThrottleByDefault() {
    assertThat(admitted(200, this::modify)).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"write, 50, 5", "filtered read, 100, 20", "unfiltered read, 50, 10", "launch, 5, 2"})
  void allowsTheBurstAndThenTheRefillRate(String kind, int burst, int perSecond) {
    world.ec2.throttles().asDocumented();
    Runnable call = call(kind);
    assertThat(admitted(300, call)).as("immediately").isEqualTo(burst);
    world.advance(Duration.ofSeconds(1));
    assertThat(admitted(300, call)).as("a second later").isEqualTo(perSecond);
    world.advance(Duration.ofHours(1));
    assertThat(admitted(300, call)).as("after a pause").isEqualTo(burst);
  }

  @Test
  void anEmptyBucketFailsWithRequestLimitExceeded() {
    world.ec2.throttles().limit("ModifyTrafficMirrorSession", new Throttles.Limit(0, 1));
    assertThat(Ec2World.errorOf(this::modify)).isEqualTo("503 RequestLimitExceeded");
  }

  @Test
  void actionsDoNotShareABucket() {
    world.ec2.throttles().asDocumented();
    admitted(300, this::modify);
    assertThat(admitted(300, this::delete)).isEqualTo(50);
  }

  @Test
  void launchedInstancesHaveTheirOwnBucket() {
    world.ec2.throttles().asDocumented();
    assertThat(Ec2World.errorOf(() -> launch(600))).isNotEqualTo("503 RequestLimitExceeded");
    assertThat(Ec2World.errorOf(() -> launch(600))).isEqualTo("503 RequestLimitExceeded");
  }

  @Test
  void aNeighbourTakesItsShareInTheLongRun() {
    world.ec2.throttles().asDocumented().neighbour(0.4, world.now());
    admitted(300, this::modify);
    int taken = 0;
    for (int second = 0; second < 1_000; second++) {
      world.advance(Duration.ofSeconds(1));
      taken += admitted(10, this::modify);
    }
    assertThat(taken).isBetween(2_900, 3_100);
  }

  private Runnable call(String kind) {
    return switch (kind) {
      case "write" -> this::modify;
      case "filtered read" -> () -> world.client.describeInstances(r -> r.maxResults(5));
      case "unfiltered read" -> () -> world.client.describeInstances(r -> {});
      default -> () -> launch(1);
    };
  }

  private void launch(int count) {
    world.client.runInstances(
        r -> r.minCount(count).maxCount(count).imageId("ami-1").subnetId("subnet-none"));
  }

  private void modify() {
    world.client.modifyTrafficMirrorSession(r -> r.trafficMirrorSessionId("tms-none"));
  }

  private void delete() {
    world.client.deleteTrafficMirrorSession(r -> r.trafficMirrorSessionId("tms-none"));
  }

  /** The number of calls that were not throttled. */
  private static int admitted(int count, Runnable call) {
    int admitted = 0;
    for (int i = 0; i < count; i++) {
      admitted += Ec2World.errorOf(call).equals("503 RequestLimitExceeded") ? 0 : 1;
    }
    return admitted;
  }
}
