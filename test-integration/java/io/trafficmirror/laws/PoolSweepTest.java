package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.harness.Concurrent;
import io.trafficmirror.harness.Judge;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the sweep takes away, and what it leaves. */
@Concurrent
class PoolSweepTest {

  private final PoolStage stage = new PoolStage();

  @Test
  void aTargetWithoutSessionsGoesOnceItsInstanceIsOldEnough() {
    unused(1);
    stage.pass(Duration.ofMinutes(58));
    stage.sweep();
    assertThat(stage.state().instances()).as("after less than an hour").isEqualTo(1);

    stage.pass(Duration.ofMinutes(5));
    stage.sweep();
    assertThat(stage.state().instances()).isZero();
    assertThat(stage.ec2.targets()).noneMatch(t -> Judge.isOurs(t.tags()));
    stage.nothingForeignWasTouched();
  }

  @Test
  void theEndOfABackfillRunSweepsToo() {
    unused(1);
    stage.pass(Duration.ofHours(2));
    stage.backfill();

    assertThat(stage.state().instances()).isZero();
  }

  @Test
  void aSweepRemovesAsManyAsItMay() {
    stage.world.variables().put("MIRROR_SWEEP_LIMIT", "2");
    unused(35);
    stage.pass(Duration.ofHours(2));

    stage.sweep();
    assertThat(stage.state().instances()).isEqualTo(2);
    stage.sweep();
    assertThat(stage.state().instances()).isZero();
  }

  @Test
  void zeroMinutesAndADryRunRemoveNothing() {
    unused(1);
    stage.pass(Duration.ofHours(2));
    stage.world.variables().put("MIRROR_SWEEP_AFTER_MINUTES", "0");
    stage.sweep();
    stage.backfill();
    stage.world.variables().put("MIRROR_SWEEP_AFTER_MINUTES", "60");
    stage.world.variables().put("MIRROR_DRY_RUN", "true");
    stage.sweep();

    assertThat(stage.state().instances()).isEqualTo(1);
  }

  @Test
  void aTargetThatIsUsedStays() {
    stage.launch(stage.fleet.add(PoolSource.X_IN_A, 12));
    stage.pass(Duration.ofDays(1));
    stage.sweep();

    stage.allIsWell();
  }

  @Test
  void aSourceThatComesWhileAnUnusedTargetIsSweptHasOneInTheEnd() {
    for (int seed = 0; seed < 20; seed++) {
      PoolStage own = new PoolStage();
      unused(own, 3);
      own.pass(Duration.ofHours(2));
      own.fleet.members().forEach(m -> own.ec2.setState(m.instance(), "running"));
      Consumers both = new Consumers(own.world, new Random(seed), (service, action) -> {}, false);
      both.add(() -> own.world.sweep("sweep-1"));
      both.add(() -> own.fleet.members().forEach(m -> own.world.launch(m.instance())));
      both.work();

      own.allIsWell();
    }
  }

  private void unused(int sources) {
    unused(stage, sources);
  }

  /** Sources get targets, and then stop; somebody deletes their sessions by hand. */
  private static void unused(PoolStage stage, int sources) {
    stage.launch(stage.fleet.add(PoolSource.X_IN_A, sources));
    stage.fleet.members().forEach(m -> stage.ec2.setState(m.instance(), "stopped"));
    for (SessionView session : stage.ec2.sessions()) {
      if (Judge.isOurs(session.tags())) {
        stage
            .world
            .ec2Client()
            .deleteTrafficMirrorSession(gone -> gone.trafficMirrorSessionId(session.sessionId()));
      }
    }
    stage.world.aws.calls().reset();
  }
}
