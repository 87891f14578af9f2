package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.CallHook;
import io.trafficmirror.embedded.ec2.LaunchConstraints;
import io.trafficmirror.harness.Concurrent;
import io.trafficmirror.harness.Effort;
import io.trafficmirror.harness.Fleet;
import io.trafficmirror.harness.SessionCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Sources of a pool that cannot grow get a reason each and affect no other source. */
@Concurrent
class PoolRefusalsTest {

  private final PoolScenario scenario = new PoolScenario();

  @Test
  void aMissingImageIsTerminalAndRequestedOnce() {
    refused(o -> o.noImage("ami-2"), "image-not-found", 1);
  }

  @Test
  void aMissingSecurityGroupIsTerminal() {
    refused(o -> o.noSecurityGroup("sg-2"), "security-group-not-found", 2);
  }

  @Test
  void aTypeNotOfferedInTheZoneIsTerminal() {
    refused(o -> o.notOffered("t3.micro", "us-east-1a"), "type-not-offered", 2);
  }

  @Test
  void theVcpuQuotaIsTerminal() {
    // 18 are in use; the large target takes 96.
    refused(o -> o.vcpuQuota(114), "launch-limit", 2);
  }

  /**
   * Launches sources of a refused pool beside sources of another pool, then allows the launches and
   * runs a backfill.
   *
   * @param launches the number of refused calls: for the pool of Z and, if it is refused too, the
   *     pool of X
   */
  private void refused(Consumer<LaunchConstraints> by, String reason, int launches) {
    List<Fleet.Member<PoolSource>> stuck = scenario.fleet.add(PoolSource.Z_IN_A, 3);
    List<Fleet.Member<PoolSource>> others = scenario.fleet.add(PoolSource.BIG, 3);
    if (launches == 2) {
      stuck = List.of(stuck.get(0), stuck.get(1), scenario.fleet.add(PoolSource.X_IN_A));
    }
    scenario.ec2.constrainLaunches(by);
    List<Fleet.Member<PoolSource>> all = new ArrayList<>(others);
    all.addAll(stuck);
    scenario.launch(all);

    assertThat(scenario.outcomes(reason)).isEqualTo(stuck.size());
    assertThat(mirrored(others)).as("mirrored sources of the other pool").isEqualTo(3);
    assertThat(scenario.calls("RunInstances")).isEqualTo(1 + launches);
    scenario.assertForeignUnchanged();
    scenario.ec2.constrainLaunches(LaunchConstraints::clear);
    scenario.backfill();
    scenario.assertMirroredByFewestTargets();
  }

  @Test
  void doesNotRetrySourcesForAnotherLaunchOfARefusedPool() {
    scenario.world.variables().put("MIRROR_LAUNCHES_PER_INVOCATION", "1");
    scenario.fleet.add(PoolSource.Z_IN_A, 12);
    scenario.ec2.constrainLaunches(o -> o.noImage("ami-2"));
    scenario.launch(scenario.fleet.members());

    assertThat(scenario.outcomes("image-not-found")).isEqualTo(12);
    assertThat(scenario.world.log()).doesNotContain("PoolGrows");
    assertThat(scenario.calls("RunInstances")).isEqualTo(1);
  }

  @Test
  void anEnvironmentDoesNotRequestARefusedImageAgainForSomeMinutes() {
    List<Fleet.Member<PoolSource>> members = scenario.fleet.add(PoolSource.Z_IN_A, 2);
    scenario.ec2.constrainLaunches(o -> o.noImage("ami-2"));
    scenario.world.launch(members.get(0).instance());
    scenario.world.runUntilIdle();
    scenario.advance(Duration.ofMinutes(1));
    scenario.world.launch(members.get(1).instance());
    scenario.world.runUntilIdle();

    assertThat(scenario.outcomes("image-not-found")).isEqualTo(2);
    assertThat(scenario.calls("RunInstances")).isEqualTo(1);
    scenario.advance(Duration.ofMinutes(15));
    scenario.world.launch(members.get(0).instance());
    scenario.world.runUntilIdle();
    assertThat(scenario.calls("RunInstances")).isEqualTo(2);
  }

  @Test
  void exhaustsOnlySourcesOfThePoolWithoutCapacity() {
    List<Fleet.Member<PoolSource>> stuck = scenario.fleet.add(PoolSource.Z_IN_A, 3);
    List<Fleet.Member<PoolSource>> others = scenario.fleet.add(PoolSource.BIG, 3);
    scenario.ec2.constrainLaunches(o -> o.noCapacity("t3.micro", "us-east-1a"));
    scenario.launch(scenario.fleet.members());

    assertThat(mirrored(others)).isEqualTo(3);
    assertThat(mirrored(stuck)).isZero();
    assertThat(scenario.world.failureObjects().keySet()).as("exhausted and stored").isNotEmpty();
    scenario.ec2.constrainLaunches(LaunchConstraints::clear);
    scenario.backfill();
    scenario.assertMirroredByFewestTargets();
  }

  @Test
  void retriesAllSourcesAfterAFirstDenial() {
    scenario.world.aws.faults().refuse("ec2", "RunInstances", 2, 403, "UnauthorizedOperation");
    scenario.launch(scenario.fleet.add(PoolSource.X_IN_A, 3));

    scenario.assertMirroredByFewestTargets();
  }

  /**
   * Each launch would be another unusable instance that AWS bills. Backfill runs every six hours.
   */
  @Test
  void limitsLaunchesIfTheRoleCannotCreateTargets() {
    scenario.world.launch("i-starts-the-environment");
    scenario.world.runUntilIdle();
    scenario.advance(Duration.ofMinutes(6));
    scenario
        .world
        .aws
        .faults()
        .refuse(
            "ec2", "CreateTrafficMirrorTarget", Integer.MAX_VALUE, 403, "UnauthorizedOperation");
    List<Fleet.Member<PoolSource>> members = scenario.fleet.add(PoolSource.X_IN_A, 8);
    int most = 0;
    for (int run = 0; run < Effort.of(1, 3); run++) {
      for (int event = 0; event < 6 * 4; event++) {
        scenario.world.launch(members.get(event % members.size()).instance());
        scenario.world.runUntilIdle();
        scenario.advance(Duration.ofMinutes(15));
      }
      most = Math.max(most, scenario.state().instances());
      scenario.world.backfill("run-" + run, 200);
      scenario.world.runUntilIdle();
    }

    assertThat(scenario.outcomes("denied")).isPositive();
    assertThat(most).as("instances at a time").isBetween(1, 9);
    assertThat(scenario.state().instances()).as("instances after a sweep").isLessThanOrEqualTo(2);
    scenario.world.aws.faults().clear();
    scenario.advance(Duration.ofHours(1));
    scenario.world.backfill("run-allowed", 200);
    scenario.world.runUntilIdle();
    scenario.state().assertAllMirrored(scenario.fleet);
    scenario.assertForeignUnchanged();
  }

  /** Each instance of the broken image terminates as soon as it runs, and AWS bills it. */
  @Test
  void limitsLaunchesOfAnImageWhoseInstancesTerminateAtOnce() {
    List<Fleet.Member<PoolSource>> members = scenario.fleet.add(PoolSource.X_IN_A, 8);
    scenario.world.aws.onCall(new InstancesTerminateAtOnce());
    int events = Effort.of(20, 60);
    for (int event = 0; event < events; event++) {
      scenario.world.launch(members.get(event % members.size()).instance());
      scenario.world.runUntilIdle();
      scenario.advance(Duration.ofMinutes(1));
    }

    assertThat(scenario.calls("RunInstances")).as("for one event in a minute").isBetween(1, events);
    assertThat(instancesLaunched()).as("useless instances").isBetween(1, 20);
    scenario.assertForeignUnchanged();
  }

  private int instancesLaunched() {
    return (int)
        scenario.ec2.instances().stream()
            .filter(instance -> SessionCheck.isManaged(instance.tags()))
            .count();
  }

  /** Terminates every managed instance right after its launch. */
  private final class InstancesTerminateAtOnce implements CallHook {
    @Override
    public void beforeEffect(String service, String action) {
      // Instances terminate after their launch.
    }

    @Override
    public void afterEffect(String service, String action, int status) {
      if (action.equals("RunInstances")) {
        scenario.ec2.instances().stream()
            .filter(instance -> SessionCheck.isManaged(instance.tags()))
            .forEach(instance -> scenario.ec2.setState(instance.instanceId(), "terminated"));
      }
    }
  }

  private long mirrored(List<Fleet.Member<PoolSource>> members) {
    List<String> interfaces = members.stream().map(Fleet.Member::primary).toList();
    return scenario.ec2.sessions().stream()
        .filter(session -> interfaces.contains(session.interfaceId()))
        .count();
  }
}
