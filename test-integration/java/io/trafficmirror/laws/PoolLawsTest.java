package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.InstanceView;
import io.trafficmirror.embedded.TargetView;
import io.trafficmirror.harness.Concurrent;
import io.trafficmirror.harness.Fleet;
import io.trafficmirror.harness.Judge;
import io.trafficmirror.harness.TargetTags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds of pools, one thing at a time. */
@Concurrent
class PoolLawsTest {

  private final PoolStage stage = new PoolStage();

  @Test
  void entriesWithTheSameSpecificationShareAPoolAndOthersNeverDo() {
    for (PoolSource kind : PoolSource.values()) {
      stage.fleet.add(kind, 2);
    }

    stage.launch(stage.fleet.members());

    stage.allIsWell();
    assertThat(stage.state().launched().values()).containsOnly(1).hasSize(4);
    assertThat(ours().stream().map(i -> i.tags().get(TargetTags.POOL)).distinct()).hasSize(4);
  }

  @Test
  void thirtyFiveSourcesInAnEmptyPoolOfTenLaunchFourAtOnce() {
    stage.launch(stage.fleet.add(PoolSource.X_IN_A, 35));

    stage.allIsWell();
    assertThat(stage.calls("RunInstances")).isEqualTo(4);
    assertThat(stage.calls("CreateTrafficMirrorTarget")).isEqualTo(4);
    assertThat(ours().stream().map(i -> i.tags().get(TargetTags.SLOT)))
        .containsExactlyInAnyOrder("0", "1", "2", "3");
  }

  @Test
  void anInvocationLaunchesAsManyAsItMayAndTheRestComesWithTheRetry() {
    stage.world.variables().put("MIRROR_LAUNCHES_PER_INVOCATION", "2");
    stage.launch(stage.fleet.add(PoolSource.X_IN_A, 65));

    stage.allIsWell();
    assertThat(stage.calls("RunInstances")).isEqualTo(7);
  }

  @Test
  void whatIsLaunchedCarriesThePoolAndNothingOfEntrySourceOrTrigger() {
    stage.launch(stage.fleet.add(PoolSource.X_IN_A, 1));

    InstanceView instance = ours().getFirst();
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
    assertThat(ourTargets()).singleElement().extracting(TargetView::tags).isEqualTo(tags);
    assertThat(instance.launch().httpTokens()).isEqualTo("required");
    assertThat(instance.launch().shutdownBehavior()).isEqualTo("stop");
  }

  @Test
  void aTargetInstanceIsNeverMirroredThoughTheEntryOfItsVpcMatchesIt() {
    stage.launch(stage.fleet.add(PoolSource.BY_VPC, 3));
    stage.launch(ours().stream().map(PoolLawsTest::asMember).toList());
    stage.backfill();

    stage.allIsWell();
    assertThat(stage.world.log()).contains("is-a-mirror-target");
  }

  private static Fleet.Member<PoolSource> asMember(InstanceView instance) {
    return new Fleet.Member<>(instance.instanceId(), "", PoolSource.BY_VPC, true);
  }

  @Test
  void anInstanceOfOursWithoutATargetGetsOne() {
    List<Fleet.Member<PoolSource>> members = stage.fleet.add(PoolSource.X_IN_A, 1);
    stage.world.aws.faults().refuse("ec2", "CreateTrafficMirrorTarget", 3, 500, "InternalError");
    stage.launch(members);

    stage.allIsWell();
    assertThat(stage.calls("RunInstances")).isEqualTo(1);
  }

  @Test
  void aTargetWithoutTagsOnAnInstanceOfOursIsUsed() {
    stage.launch(stage.fleet.add(PoolSource.X_IN_A, 1));
    withoutTarget();
    String eni = ours().getFirst().primaryInterface().orElseThrow().interfaceId();
    stage.ec2.putInterfaceTarget("tmt-untagged", eni);
    stage.pass(Duration.ofMinutes(2));

    stage.launch(stage.fleet.members());

    stage.state().everybodyIsMirrored(stage.fleet);
    assertThat(stage.ec2.sessions())
        .filteredOn(session -> Judge.isOurs(session.tags()))
        .singleElement()
        .satisfies(session -> assertThat(session.targetId()).isEqualTo("tmt-untagged"));
    assertThat(stage.calls("RunInstances")).isEqualTo(1);
  }

  /** Somebody deletes the only session and its target by hand. */
  private void withoutTarget() {
    stage.ec2.sessions().stream()
        .filter(session -> Judge.isOurs(session.tags()))
        .forEach(
            session ->
                stage
                    .world
                    .ec2Client()
                    .deleteTrafficMirrorSession(
                        gone -> gone.trafficMirrorSessionId(session.sessionId())));
    ourTargets()
        .forEach(
            target ->
                stage
                    .world
                    .ec2Client()
                    .deleteTrafficMirrorTarget(
                        gone -> gone.trafficMirrorTargetId(target.targetId())));
  }

  @Test
  void sessionsOnAStoppedOrTerminatedTargetAreMovedAndTheNextRunRemovesIt() {
    for (String end : List.of("stopped", "terminated")) {
      PoolStage own = new PoolStage();
      own.launch(own.fleet.add(PoolSource.X_IN_A, 12));
      InstanceView ended =
          own.ec2.instances().stream()
              .filter(i -> "0".equals(i.tags().get(TargetTags.SLOT)))
              .filter(i -> Judge.isOurs(i.tags()))
              .findFirst()
              .orElseThrow();
      own.ec2.setState(ended.instanceId(), end);
      own.pass(Duration.ofMinutes(2));
      own.backfill();
      own.pass(Duration.ofMinutes(2));
      own.backfill();

      own.allIsWell();
      assertThat(own.ec2.targets().stream().filter(t -> Judge.isOurs(t.tags())))
          .as("targets after the instance of one is %s", end)
          .hasSize(2);
    }
  }

  @Test
  void aDryRunLaunchesNothing() {
    stage.world.variables().put("MIRROR_DRY_RUN", "true");
    stage.launch(stage.fleet.add(PoolSource.X_IN_A, 12));
    stage.backfill();

    assertThat(stage.state().instances()).isZero();
    assertThat(stage.world.aws.calls().byAction("ec2").keySet())
        .allMatch(action -> action.startsWith("Describe"));
  }

  @Test
  void aPlaceThatWasUsedManyTimesIsUsedAgainThoughEc2ShowsNoneOfThem() {
    stage.fleet.add(PoolSource.X_IN_A, 1);
    for (int day = 0; day < 20; day++) {
      stage.launch(stage.fleet.members());
      stage.allIsWell();
      String session =
          stage.ec2.sessions().stream()
              .filter(each -> Judge.isOurs(each.tags()))
              .findFirst()
              .orElseThrow()
              .sessionId();
      stage
          .world
          .ec2Client()
          .deleteTrafficMirrorSession(gone -> gone.trafficMirrorSessionId(session));
      stage.pass(Duration.ofHours(2));
      stage.sweep();
      assertThat(stage.state().instances()).isZero();
      stage.pass(Duration.ofHours(22));
    }
  }

  @Test
  void aDryRunThatFindsAPoolFullSaysWhatItWouldDo() {
    stage.launch(stage.fleet.add(PoolSource.X_IN_A, 10));
    stage.pass(Duration.ofMinutes(2));
    stage.world.variables().put("MIRROR_DRY_RUN", "true");
    stage.launch(stage.fleet.add(PoolSource.X_IN_A, 9));

    assertThat(stage.outcomes("would-apply")).isEqualTo(9);
    assertThat(stage.world.log()).doesNotContain("PoolSettles");
    assertThat(stage.world.kept()).isEmpty();
  }

  private List<InstanceView> ours() {
    return stage.ec2.instances().stream().filter(i -> Judge.isOurs(i.tags())).toList();
  }

  private List<TargetView> ourTargets() {
    return stage.ec2.targets().stream().filter(t -> Judge.isOurs(t.tags())).toList();
  }
}
