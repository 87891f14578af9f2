package io.trafficmirror.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** {@link Functions} with a fleet that grows while invocations are killed. */
final class FunctionsTest {

  private static final int KILLS = 60;

  private final VirtualClock clock = new VirtualClock();
  private final RunningDeployment world =
      RunningDeployment.create(clock, DeploymentOptions.asShipped());

  @Test
  void neverKillsAProtectedEnvironment() throws Exception {
    world.functions().protectNext();
    play();
    assertThat(world.functions().killed()).isGreaterThan(5);
    assertThat(world.functions().environments()).isGreaterThan(world.functions().killed());
    assertThat(world.functions().protectedSince()).isBefore(clock.instant().minusSeconds(30));
  }

  @Test
  void protectsNoEnvironmentByDefault() throws Exception {
    play();
    assertThat(world.functions().killed()).isGreaterThan(5);
    assertThat(world.functions().protectedSince()).isEqualTo(Instant.MAX);
  }

  private void play() throws Exception {
    world.aws().latencies().typical();
    SourceFleet fleet = SourceFleet.of(world, 200);
    clock.run(
        () -> {
          world.start();
          fleet.instances().forEach(world::announceLaunch);
          for (int i = 0; i < KILLS; i++) {
            clock.sleep(Duration.ofMillis(777));
            world.functions().killAny();
            fleet.add(5).forEach(world::announceLaunch);
          }
          world.awaitIdle(Duration.ofHours(1));
          world.stop();
          return true;
        });
    assertThat(fleet.withoutSession()).isEmpty();
    assertThat(fleet.doubled()).isZero();
  }
}
