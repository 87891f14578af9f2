package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.CallHook;
import io.trafficmirror.embedded.ec2.LaunchConstraints;
import io.trafficmirror.harness.Concurrent;
import io.trafficmirror.harness.Fleet;
import io.trafficmirror.harness.Judge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What becomes of sources whose pool cannot grow: a reason each, and no harm to anybody else. */
@Concurrent
class PoolRefusalsTest {

  private final PoolStage stage = new PoolStage();

  @Test
  void anImageThatDoesNotExistIsTerminalAndNotAskedForAgainForAWhile() {
    refused(o -> o.noImage("ami-2"), "image-not-found", 1);
  }

  @Test
  void aSecurityGroupThatDoesNotExistIsTerminal() {
    refused(o -> o.noSecurityGroup("sg-2"), "security-group-not-found", 2);
  }

  @Test
  void aTypeThatTheZoneLacksIsTerminal() {
    refused(o -> o.notOffered("t3.micro", "us-east-1a"), "type-not-offered", 2);
  }

  @Test
  void theQuotaOfVcpusIsTerminal() {
    // 18 are in use; the large target takes 96.
    refused(o -> o.vcpuQuota(114), "launch-limit", 2);
  }

  /**
   * Some of a pool that is refused beside some of another; the second time nobody is asked again.
   *
   * @param launches calls that are refused: the pool of Z and, where it is refused too, that of X
   */
  private void refused(Consumer<LaunchConstraints> by, String reason, int launches) {
    List<Fleet.Member<PoolSource>> stuck = stage.fleet.add(PoolSource.Z_IN_A, 3);
    List<Fleet.Member<PoolSource>> others = stage.fleet.add(PoolSource.BIG, 3);
    if (launches == 2) {
      stuck = List.of(stuck.get(0), stuck.get(1), stage.fleet.add(PoolSource.X_IN_A));
    }
    stage.ec2.constrainLaunches(by);
    List<Fleet.Member<PoolSource>> all = new ArrayList<>(others);
    all.addAll(stuck);
    stage.launch(all);

    assertThat(stage.outcomes(reason)).isEqualTo(stuck.size());
    assertThat(mirrored(others)).as("the others").isEqualTo(3);
    assertThat(stage.calls("RunInstances")).isEqualTo(1 + launches);
    stage.nothingForeignWasTouched();
    stage.ec2.constrainLaunches(LaunchConstraints::clear);
    stage.backfill();
    stage.allIsWell();
  }

  @Test
  void whoGotNoLaunchBecauseAllFailIsNotSentBackForAnother() {
    stage.world.variables().put("MIRROR_LAUNCHES_PER_INVOCATION", "1");
    stage.fleet.add(PoolSource.Z_IN_A, 12);
    stage.ec2.constrainLaunches(o -> o.noImage("ami-2"));
    stage.launch(stage.fleet.members());

    assertThat(stage.outcomes("image-not-found")).isEqualTo(12);
    assertThat(stage.world.log()).doesNotContain("PoolGrows");
    assertThat(stage.calls("RunInstances")).isEqualTo(1);
  }

  @Test
  void aRefusedImageIsNotAskedForAgainByTheSameEnvironmentForAWhile() {
    List<Fleet.Member<PoolSource>> members = stage.fleet.add(PoolSource.Z_IN_A, 2);
    stage.ec2.constrainLaunches(o -> o.noImage("ami-2"));
    stage.world.launch(members.get(0).instance());
    stage.world.runToTheEnd();
    stage.pass(Duration.ofMinutes(1));
    stage.world.launch(members.get(1).instance());
    stage.world.runToTheEnd();

    assertThat(stage.outcomes("image-not-found")).isEqualTo(2);
    assertThat(stage.calls("RunInstances")).isEqualTo(1);
    stage.pass(Duration.ofMinutes(15));
    stage.world.launch(members.get(0).instance());
    stage.world.runToTheEnd();
    assertThat(stage.calls("RunInstances")).isEqualTo(2);
  }

  @Test
  void whatLacksCapacityIsLeftToTheNextLookAndTheOthersAreServed() {
    List<Fleet.Member<PoolSource>> stuck = stage.fleet.add(PoolSource.Z_IN_A, 3);
    List<Fleet.Member<PoolSource>> others = stage.fleet.add(PoolSource.BIG, 3);
    stage.ec2.constrainLaunches(o -> o.noCapacity("t3.micro", "us-east-1a"));
    stage.launch(stage.fleet.members());

    assertThat(mirrored(others)).isEqualTo(3);
    assertThat(mirrored(stuck)).isZero();
    assertThat(stage.world.kept().keySet()).as("left to the next look, and kept").isNotEmpty();
    stage.ec2.constrainLaunches(LaunchConstraints::clear);
    stage.backfill();
    stage.allIsWell();
  }

  @Test
  void aDenialIsForEveryoneAtFirst() {
    stage.world.aws.faults().refuse("ec2", "RunInstances", 2, 403, "UnauthorizedOperation");
    stage.launch(stage.fleet.add(PoolSource.X_IN_A, 3));

    stage.allIsWell();
  }

  /** Each would be one more that nobody can use, and is billed. Runs come every six hours. */
  @Test
  void aRoleThatMayNotMakeTargetsDoesNotLaunchOneInstanceAfterTheOther() {
    stage.world.launch("i-whoever-starts-the-environment");
    stage.world.runToTheEnd();
    stage.pass(Duration.ofMinutes(6));
    stage
        .world
        .aws
        .faults()
        .refuse(
            "ec2", "CreateTrafficMirrorTarget", Integer.MAX_VALUE, 403, "UnauthorizedOperation");
    List<Fleet.Member<PoolSource>> members = stage.fleet.add(PoolSource.X_IN_A, 8);
    int most = 0;
    for (int run = 0; run < 3; run++) {
      for (int event = 0; event < 6 * 4; event++) {
        stage.world.launch(members.get(event % members.size()).instance());
        stage.world.runToTheEnd();
        stage.pass(Duration.ofMinutes(15));
      }
      most = Math.max(most, stage.state().instances());
      stage.world.backfill("run-" + run, 200);
      stage.world.runToTheEnd();
    }

    assertThat(stage.outcomes("denied")).isPositive();
    assertThat(most).as("instances at a time, where one would do").isBetween(1, 9);
    assertThat(stage.state().instances()).as("and after a sweep").isLessThanOrEqualTo(2);
    stage.world.aws.faults().clear();
    stage.pass(Duration.ofHours(1));
    stage.world.backfill("run-allowed", 200);
    stage.world.runToTheEnd();
    stage.state().everybodyIsMirrored(stage.fleet);
    stage.nothingForeignWasTouched();
  }

  /** A broken image: each of its instances ends as soon as it runs, and is billed. */
  @Test
  void anImageWhoseInstancesEndAtOnceIsNotLaunchedForEveryEvent() {
    List<Fleet.Member<PoolSource>> members = stage.fleet.add(PoolSource.X_IN_A, 8);
    stage.world.aws.onCall(new InstancesEndAtOnce());
    for (int event = 0; event < 60; event++) {
      stage.world.launch(members.get(event % members.size()).instance());
      stage.world.runToTheEnd();
      stage.pass(Duration.ofMinutes(1));
    }

    assertThat(stage.calls("RunInstances")).as("for 60 events in an hour").isBetween(1, 60);
    assertThat(ended()).as("instances that were of no use to anybody").isBetween(1, 20);
    stage.nothingForeignWasTouched();
  }

  private int ended() {
    return (int)
        stage.ec2.instances().stream().filter(instance -> Judge.isOurs(instance.tags())).count();
  }

  /** Ends every instance of ours right after EC2 has launched it. */
  private final class InstancesEndAtOnce implements CallHook {
    @Override
    public void beforeEffect(String service, String action) {
      // Only what a launch has made is ended.
    }

    @Override
    public void afterEffect(String service, String action, int status) {
      if (action.equals("RunInstances")) {
        stage.ec2.instances().stream()
            .filter(instance -> Judge.isOurs(instance.tags()))
            .forEach(instance -> stage.ec2.setState(instance.instanceId(), "terminated"));
      }
    }
  }

  private long mirrored(List<Fleet.Member<PoolSource>> members) {
    List<String> interfaces = members.stream().map(Fleet.Member::primary).toList();
    return stage.ec2.sessions().stream()
        .filter(session -> interfaces.contains(session.interfaceId()))
        .count();
  }
}
