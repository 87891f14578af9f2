package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.harness.Concurrent;
import io.trafficmirror.harness.SessionCheck;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a sweep removes and what it keeps. */
@Concurrent
class PoolSweepTest {

  private final PoolScenario scenario = new PoolScenario();

  @Test
  void removesAnUnusedTargetOnceItsInstanceIsAnHourOld() {
    unused(1);
    scenario.advance(Duration.ofMinutes(58));
    scenario.sweep();
    assertThat(scenario.state().instances()).as("after less than an hour").isEqualTo(1);

    scenario.advance(Duration.ofMinutes(5));
    scenario.sweep();
    assertThat(scenario.state().instances()).isZero();
    assertThat(scenario.ec2.targets()).noneMatch(t -> SessionCheck.isManaged(t.tags()));
    scenario.assertForeignUnchanged();
  }

  @Test
  void sweepsAtTheEndOfABackfillRun() {
    unused(1);
    scenario.advance(Duration.ofHours(2));
    scenario.backfill();

    assertThat(scenario.state().instances()).isZero();
  }

  @Test
  void removesNoMoreTargetsThanTheLimitPerSweep() {
    scenario.world.variables().put("MIRROR_SWEEP_LIMIT", "2");
    unused(35);
    scenario.advance(Duration.ofHours(2));

    scenario.sweep();
    assertThat(scenario.state().instances()).isEqualTo(2);
    scenario.sweep();
    assertThat(scenario.state().instances()).isZero();
  }

  @Test
  void removesNothingWithZeroMinutesOrInADryRun() {
    unused(1);
    scenario.advance(Duration.ofHours(2));
    scenario.world.variables().put("MIRROR_SWEEP_AFTER_MINUTES", "0");
    scenario.sweep();
    scenario.backfill();
    scenario.world.variables().put("MIRROR_SWEEP_AFTER_MINUTES", "60");
    scenario.world.variables().put("MIRROR_DRY_RUN", "true");
    scenario.sweep();

    assertThat(scenario.state().instances()).isEqualTo(1);
  }

  @Test
  void keepsUsedTargets() {
    scenario.launch(scenario.fleet.add(PoolSource.X_IN_A, 12));
    scenario.advance(Duration.ofDays(1));
    scenario.sweep();

    scenario.assertMirroredByFewestTargets();
  }

  @Test
  void mirrorsSourcesThatReturnDuringASweep() {
    for (int seed = 0; seed < 20; seed++) {
      PoolScenario own = new PoolScenario();
      unused(own, 3);
      own.advance(Duration.ofHours(2));
      own.fleet.members().forEach(m -> own.ec2.setState(m.instance(), "running"));
      Consumers both = new Consumers(own.world, new Random(seed), (service, action) -> {}, false);
      both.add(() -> own.world.sweep("sweep-1"));
      both.add(() -> own.fleet.members().forEach(m -> own.world.launch(m.instance())));
      both.run();

      own.assertMirroredByFewestTargets();
    }
  }

  private void unused(int sources) {
    unused(scenario, sources);
  }

  /** Creates unused targets: their sources stop, and a user deletes the sessions. */
  private static void unused(PoolScenario scenario, int sources) {
    scenario.launch(scenario.fleet.add(PoolSource.X_IN_A, sources));
    scenario.fleet.members().forEach(m -> scenario.ec2.setState(m.instance(), "stopped"));
    for (SessionView session : scenario.ec2.sessions()) {
      if (SessionCheck.isManaged(session.tags())) {
        scenario
            .world
            .ec2Client()
            .deleteTrafficMirrorSession(gone -> gone.trafficMirrorSessionId(session.sessionId()));
      }
    }
    scenario.world.aws.calls().reset();
  }
}
