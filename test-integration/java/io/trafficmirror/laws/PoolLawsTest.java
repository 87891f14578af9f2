package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.InstanceView;
import io.trafficmirror.embedded.TargetView;
import io.trafficmirror.harness.Concurrent;
import io.trafficmirror.harness.Fleet;
import io.trafficmirror.harness.SessionCheck;
import io.trafficmirror.harness.TargetTags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The behaviour of pools when consumers run one after the other. */
@Concurrent
class PoolLawsTest {

  private final PoolScenario scenario = new PoolScenario();

  @Test
  void entriesShareAPoolIfAndOnlyIfTheirSpecificationsAreTheSame() {
    for (PoolSource kind : PoolSource.values()) {
      scenario.fleet.add(kind, 2);
    }

    scenario.launch(scenario.fleet.members());

    scenario.assertMirroredByFewestTargets();
    assertThat(scenario.state().launched().values()).containsOnly(1).hasSize(4);
    assertThat(managedInstances().stream().map(i -> i.tags().get(TargetTags.POOL)).distinct())
        .hasSize(4);
  }

  @Test
  void launchesFourTargetsForThirtyFiveSources() {
    scenario.launch(scenario.fleet.add(PoolSource.X_IN_A, 35));

    scenario.assertMirroredByFewestTargets();
    assertThat(scenario.calls("RunInstances")).isEqualTo(4);
    assertThat(scenario.calls("CreateTrafficMirrorTarget")).isEqualTo(4);
    assertThat(managedInstances().stream().map(i -> i.tags().get(TargetTags.SLOT)))
        .containsExactlyInAnyOrder("0", "1", "2", "3");
  }

  @Test
  void launchesTargetsBeyondTheLimitOfAnInvocationOnRetry() {
    scenario.world.variables().put("MIRROR_LAUNCHES_PER_INVOCATION", "2");
    scenario.launch(scenario.fleet.add(PoolSource.X_IN_A, 65));

    scenario.assertMirroredByFewestTargets();
    assertThat(scenario.calls("RunInstances")).isEqualTo(7);
  }

  @Test
  void tagsALaunchWithItsPoolButNotWithEntrySourceOrTrigger() {
    scenario.launch(scenario.fleet.add(PoolSource.X_IN_A, 1));

    InstanceView instance = managedInstances().getFirst();
    String pool = instance.tags().getOrDefault(TargetTags.POOL, "");
    assertThat(pool).matches("[0-9a-f]{32}");
    Map<String, String> tags =
        Map.of(
            "Name",
            "prod-target-" + pool.substring(0, 8) + "-0",
            TargetTags.DEPLOYMENT,
            "prod",
            TargetTags.POOL,
            pool,
            TargetTags.SLOT,
            "0",
            TargetTags.GENERATION,
            "0");
    assertThat(instance.tags()).isEqualTo(tags);
    assertThat(instance.primaryInterface().orElseThrow().tags()).isEqualTo(tags);
    assertThat(instance.launch().volumeTags()).isEqualTo(tags);
    assertThat(managedTargets()).singleElement().extracting(TargetView::tags).isEqualTo(tags);
    assertThat(instance.launch().httpTokens()).isEqualTo("required");
    assertThat(instance.launch().shutdownBehavior()).isEqualTo("stop");
  }

  @Test
  void neverMirrorsATargetInstanceInAMirroredVpc() {
    scenario.launch(scenario.fleet.add(PoolSource.BY_VPC, 3));
    scenario.launch(managedInstances().stream().map(PoolLawsTest::asMember).toList());
    scenario.backfill();

    scenario.assertMirroredByFewestTargets();
    assertThat(scenario.world.log()).contains("is-a-mirror-target");
  }

  private static Fleet.Member<PoolSource> asMember(InstanceView instance) {
    return new Fleet.Member<>(instance.instanceId(), "", PoolSource.BY_VPC, true);
  }

  @Test
  void createsATargetOnAManagedInstanceWithoutOne() {
    List<Fleet.Member<PoolSource>> members = scenario.fleet.add(PoolSource.X_IN_A, 1);
    scenario.world.aws.faults().refuse("ec2", "CreateTrafficMirrorTarget", 3, 500, "InternalError");
    scenario.launch(members);

    scenario.assertMirroredByFewestTargets();
    assertThat(scenario.calls("RunInstances")).isEqualTo(1);
  }

  @Test
  void usesAnUntaggedTargetOnAManagedInstance() {
    scenario.launch(scenario.fleet.add(PoolSource.X_IN_A, 1));
    deleteSessionAndTarget();
    String eni = managedInstances().getFirst().primaryInterface().orElseThrow().interfaceId();
    scenario.ec2.putInterfaceTarget("tmt-untagged", eni);
    scenario.advance(Duration.ofMinutes(2));

    scenario.launch(scenario.fleet.members());

    scenario.state().assertAllMirrored(scenario.fleet);
    assertThat(scenario.ec2.sessions())
        .filteredOn(session -> SessionCheck.isManaged(session.tags()))
        .singleElement()
        .satisfies(session -> assertThat(session.targetId()).isEqualTo("tmt-untagged"));
    assertThat(scenario.calls("RunInstances")).isEqualTo(1);
  }

  /** Deletes the only session and its target, as a user would. */
  private void deleteSessionAndTarget() {
    scenario.ec2.sessions().stream()
        .filter(session -> SessionCheck.isManaged(session.tags()))
        .forEach(
            session ->
                scenario
                    .world
                    .ec2Client()
                    .deleteTrafficMirrorSession(
                        gone -> gone.trafficMirrorSessionId(session.sessionId())));
    managedTargets()
        .forEach(
            target ->
                scenario
                    .world
                    .ec2Client()
                    .deleteTrafficMirrorTarget(
                        gone -> gone.trafficMirrorTargetId(target.targetId())));
  }

  @Test
  void movesSessionsFromAStoppedOrTerminatedTargetAndRemovesItInTheNextRun() {
    for (String end : List.of("stopped", "terminated")) {
      PoolScenario own = new PoolScenario();
      own.launch(own.fleet.add(PoolSource.X_IN_A, 12));
      InstanceView ended =
          own.ec2.instances().stream()
              .filter(i -> "0".equals(i.tags().get(TargetTags.SLOT)))
              .filter(i -> SessionCheck.isManaged(i.tags()))
              .findFirst()
              .orElseThrow();
      own.ec2.setState(ended.instanceId(), end);
      own.advance(Duration.ofMinutes(2));
      own.backfill();
      own.advance(Duration.ofMinutes(2));
      own.backfill();

      own.assertMirroredByFewestTargets();
      assertThat(own.ec2.targets().stream().filter(t -> SessionCheck.isManaged(t.tags())))
          .as("targets after the instance of one is %s", end)
          .hasSize(2);
    }
  }

  @Test
  void aDryRunLaunchesNothing() {
    scenario.world.variables().put("MIRROR_DRY_RUN", "true");
    scenario.launch(scenario.fleet.add(PoolSource.X_IN_A, 12));
    scenario.backfill();

    assertThat(scenario.state().instances()).isZero();
    assertThat(scenario.world.aws.calls().byAction("ec2").keySet())
        .allMatch(action -> action.startsWith("Describe"));
  }

  @Test
  void reusesASlotAfterManyGenerationsThatEc2NoLongerShows() {
    scenario.fleet.add(PoolSource.X_IN_A, 1);
    for (int day = 0; day < 20; day++) {
      scenario.launch(scenario.fleet.members());
      scenario.assertMirroredByFewestTargets();
      String session =
          scenario.ec2.sessions().stream()
              .filter(each -> SessionCheck.isManaged(each.tags()))
              .findFirst()
              .orElseThrow()
              .sessionId();
      scenario
          .world
          .ec2Client()
          .deleteTrafficMirrorSession(gone -> gone.trafficMirrorSessionId(session));
      scenario.advance(Duration.ofHours(2));
      scenario.sweep();
      assertThat(scenario.state().instances()).isZero();
      scenario.advance(Duration.ofHours(22));
    }
  }

  @Test
  void aDryRunReportsItsChangesForAFullPool() {
    scenario.launch(scenario.fleet.add(PoolSource.X_IN_A, 10));
    scenario.advance(Duration.ofMinutes(2));
    scenario.world.variables().put("MIRROR_DRY_RUN", "true");
    scenario.launch(scenario.fleet.add(PoolSource.X_IN_A, 9));

    assertThat(scenario.outcomes("would-apply")).isEqualTo(9);
    assertThat(scenario.world.log()).doesNotContain("PoolSettles");
    assertThat(scenario.world.failureObjects()).isEmpty();
  }

  private List<InstanceView> managedInstances() {
    return scenario.ec2.instances().stream().filter(i -> SessionCheck.isManaged(i.tags())).toList();
  }

  private List<TargetView> managedTargets() {
    return scenario.ec2.targets().stream().filter(t -> SessionCheck.isManaged(t.tags())).toList();
  }
}
