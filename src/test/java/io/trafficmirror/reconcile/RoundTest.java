package io.trafficmirror.reconcile;

import static io.trafficmirror.reconcile.World.OTHER_POOL;
import static io.trafficmirror.reconcile.World.OWNERSHIP;
import static io.trafficmirror.reconcile.World.POOL;
import static io.trafficmirror.reconcile.World.SEATS;
import static io.trafficmirror.reconcile.World.TARGET;
import static io.trafficmirror.reconcile.World.failure;
import static io.trafficmirror.reconcile.World.instance;
import static io.trafficmirror.reconcile.World.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.mirror.Trigger;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.FakeEc2;
import io.trafficmirror.port.FakeEc2.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link Round}: assesses, plans, publishes and applies. */
class RoundTest {

  private final World world = new World();
  private final List<Instance> shown = new ArrayList<>();
  private final List<InstanceRequest> requests = new ArrayList<>();

  // Reads

  @ParameterizedTest
  @CsvSource({"0, instance: INSTANCE_NOT_SEEN", "119, instance: INSTANCE_NOT_SEEN", "120, gone"})
  void reportsAnUnseenInstanceAsGoneOnceItsRecordIsOld(long seconds, String outcome)
      throws Exception {
    requests.add(world.request("1", Duration.ofSeconds(seconds)));
    assertThat(run()).containsExactly("1 " + outcome);
  }

  /**
   * The outcomes of four instances after a failed read; only those that need the read are retried.
   */
  @ParameterizedTest
  @CsvSource({
    "TARGETS, batch: THROTTLED, batch: THROTTLED, batch: THROTTLED, batch: THROTTLED",
    "SESSIONS, no-entry-matches, batch: THROTTLED, batch: THROTTLED, batch: THROTTLED",
    "POOL_MEMBERS, no-entry-matches, created, batch: THROTTLED, batch: THROTTLED",
    "SESSIONS_TO, no-entry-matches, created, batch: THROTTLED, already-mirrored"
  })
  void retriesExactlyTheInstancesThatNeedTheRead(
      Api api, String unmatched, String fixed, String withoutTarget, String withTarget)
      throws Exception {
    world.member("pool-1", POOL, 0, Duration.ofMinutes(1));
    world.session("with-target", world.targetOf("pool-1", POOL, 0));
    observes("unmatched", "nothing");
    observes("fixed", "fixed");
    observes("without-target", "pool");
    observes("with-target", "pool");
    world.ec2.failNext(api, FailureKind.THROTTLED);
    assertThat(run())
        .containsExactly(
            "unmatched " + unmatched,
            "fixed " + fixed,
            "without-target " + withoutTarget,
            "with-target " + withTarget);
  }

  // The plan

  @Test
  void publishesTheWholePlanBeforeTheFirstWrite() throws Exception {
    observes("1", "pool");
    observes("2", "fixed");
    List<FakeEc2.Call> writesBefore = new ArrayList<>();
    world.telemetry.onPlan =
        () ->
            world.ec2.calls().stream()
                .filter(call -> call.api().isWrite())
                .forEach(writesBefore::add);
    run();
    assertThat(writesBefore).isEmpty();
    assertThat(world.telemetry.plans).hasSize(1);
    assertThat(world.telemetry.plans.getFirst())
        .extracting(action -> action.getClass().getSimpleName())
        .containsExactly("LaunchTarget", "CreateTarget", "CreateSession", "CreateSession");
  }

  @Test
  void publishesNoPlanIfNothingNeedsAWrite() throws Exception {
    observes("1", "fixed");
    world.session("1", TARGET);
    assertThat(run()).containsExactly("1 already-mirrored");
    assertThat(world.telemetry.plans).isEmpty();
  }

  @Test
  void modifiesAManagedSessionWithAnotherTarget() throws Exception {
    observes("1", "fixed");
    Session session = world.session("1", new TargetId("tmt-old"));
    assertThat(run()).containsExactly("1 modified");
    assertThat(world.ec2.session(session.id()).target()).isEqualTo(TARGET);
    assertThat(world.ec2.sessions()).hasSize(1);
  }

  @Test
  void tagsASessionWithTheTriggerOfItsRequest() throws Exception {
    observes("1", "fixed");
    run();
    assertThat(world.ec2.sessions().getFirst().tags())
        .isEqualTo(OWNERSHIP.sessionTags("tags[0]", new InstanceId("i-1"), Trigger.LAUNCH));
  }

  // Targets on demand

  @Test
  void createsTheTargetOfASessionInTheSameRound() throws Exception {
    observes("1", "pool");
    observes("2", "pool");
    observes("3", "other-pool");
    assertThat(run()).containsExactly("1 created", "2 created", "3 created");
    assertThat(world.ec2.members()).hasSize(2);
    assertThat(world.ec2.targets()).hasSize(2);
    List<TargetId> used = world.ec2.sessions().stream().map(Session::target).toList();
    assertThat(used.get(0)).isEqualTo(used.get(1)).isNotEqualTo(used.get(2));
    assertThat(world.telemetry.reused).isEmpty();
  }

  @Test
  void reusesATargetWithFreeCapacity() throws Exception {
    world.member("pool-1", POOL, 0, Duration.ofMinutes(1));
    TargetId target = world.targetOf("pool-1", POOL, 0);
    observes("1", "pool");
    observes("2", "fixed");
    run();
    assertThat(world.ec2.sessions()).extracting(Session::target).containsExactly(target, TARGET);
    assertThat(world.ec2.calls(Api.LAUNCH)).isEmpty();
    assertThat(world.telemetry.reused).as("fixed targets do not count").containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource({
    "LAUNCH, IMAGE_NOT_FOUND, refused: image-not-found",
    "LAUNCH, LAUNCH_LIMIT, refused: launch-limit",
    "LAUNCH, NO_CAPACITY, instance: NO_CAPACITY",
    "LAUNCH, SUBNET_FULL, instance: SUBNET_FULL",
    "CREATE_TARGET, NO_TARGET, refused: no-target",
    "CREATE_TARGET, REFUSED, instance: REFUSED"
  })
  void appliesTheFailureOfATargetToItsSources(Api api, FailureKind kind, String outcome)
      throws Exception {
    observes("1", "pool");
    observes("2", "pool");
    observes("3", "fixed");
    world.ec2.failNext(api, kind);
    assertThat(run()).containsExactly("1 " + outcome, "2 " + outcome, "3 created");
    assertThat(world.ec2.sessions()).extracting(Session::target).containsExactly(TARGET);
  }

  @Test
  void detectsAnOutageFromTwoSourcesOfAnUnansweredLaunch() throws Exception {
    observes("1", "pool");
    observes("2", "pool");
    world.ec2.failNext(
        Api.LAUNCH, FailureKind.UNAVAILABLE, FailureKind.UNAVAILABLE, FailureKind.UNAVAILABLE);
    assertThat(run()).containsExactly("1 batch: UNAVAILABLE", "2 batch: UNAVAILABLE");
  }

  // Launches

  @Test
  void launchesNothingInAPoolAfterARefusedLaunch() throws Exception {
    world.memory.recordRefusedLaunch(POOL.digest(), failure(FailureKind.IMAGE_NOT_FOUND));
    observes("1", "pool");
    observes("2", "other-pool");
    assertThat(run()).containsExactly("1 refused: image-not-found", "2 created");
    assertThat(world.ec2.calls(Api.LAUNCH))
        .extracting(FakeEc2.Call::resource)
        .containsExactly(OTHER_POOL.digest());
  }

  @Test
  void launchesNothingInAPoolWhoseInstancesTerminateAtOnce() throws Exception {
    for (int slot = 0; slot < 3; slot++) {
      PoolMember member = world.member("pool-" + slot, POOL, slot, Duration.ofMinutes(1));
      world.ec2.add(
          new PoolMember(
              member.id(),
              InstanceState.TERMINATED,
              member.type(),
              member.pool(),
              member.slot(),
              Optional.empty(),
              member.launchedAt()));
    }
    observes("1", "pool");
    assertThat(run()).containsExactly("1 instance: INSTANCE_ENDED");
    assertThat(world.ec2.calls(Api.LAUNCH)).isEmpty();
  }

  @Test
  void retriesSourcesBeyondTheLaunchBudget() throws Exception {
    spendAllLaunchesBut(1);
    for (int i = 0; i <= SEATS; i++) {
      observes("source-" + i, "pool");
    }
    List<String> outcomes = run();
    assertThat(outcomes.subList(0, SEATS)).allMatch(outcome -> outcome.endsWith(" created"));
    assertThat(outcomes.getLast()).isEqualTo("source-10 batch: LAUNCH_BUDGET_SPENT");
  }

  @Test
  void doesNotRetryForALaunchIfLaunchesAreRefused() throws Exception {
    spendAllLaunchesBut(1);
    for (int i = 0; i <= SEATS; i++) {
      observes("source-" + i, "pool");
    }
    world.ec2.failNext(Api.LAUNCH, FailureKind.IMAGE_NOT_FOUND);
    assertThat(run()).allMatch(outcome -> outcome.endsWith(" refused: image-not-found"));
  }

  @Test
  void usesFreeCapacityOfAPoolWhoseLaunchesAreHeld() throws Exception {
    world.memory.recordRefusedLaunch(POOL.digest(), failure(FailureKind.IMAGE_NOT_FOUND));
    world.member("pool-1", POOL, 0, Duration.ofMinutes(1));
    world.targetOf("pool-1", POOL, 0);
    observes("1", "pool");
    assertThat(run()).containsExactly("1 created");
  }

  @Test
  void launchesNothingForARefusedSourceType() throws Exception {
    for (int n = 0; n < RefusedTypes.THRESHOLD_OF_A_LISTED_TYPE; n++) {
      world.refusedTypes.recordRefusal(instance("refused-" + n, "pool"));
    }
    observes("1", "pool");
    assertThat(run()).containsExactly("1 refused: unsupported-source");
    assertThat(world.ec2.members()).isEmpty();
  }

  @Test
  void retriesARefusedTypeOnceASessionOfItIsSeen() throws Exception {
    for (int n = 0; n < RefusedTypes.THRESHOLD_OF_A_LISTED_TYPE; n++) {
      world.refusedTypes.recordRefusal(instance("refused-" + n, "fixed"));
    }
    world.session("seen", TARGET);
    observes("seen", "fixed");
    observes("1", "fixed");
    assertThat(run()).containsExactly("seen already-mirrored", "1 created");
  }

  // EC2's answers

  @Test
  void retriesAFullPoolTargetAndRefusesAFullFixedTarget() throws Exception {
    world.member("pool-1", POOL, 0, Duration.ofMinutes(1));
    world.targetOf("pool-1", POOL, 0);
    observes("1", "pool");
    observes("2", "fixed");
    world.ec2.failNext(Api.CREATE_SESSION, FailureKind.TARGET_FULL, FailureKind.TARGET_FULL);
    assertThat(run()).containsExactly("1 instance: TARGET_FULL", "2 refused: target-full");
  }

  @Test
  void triesAFullTargetOnlyOnceInARound() throws Exception {
    world.member("pool-1", POOL, 0, Duration.ofMinutes(1));
    world.targetOf("pool-1", POOL, 0);
    observes("1", "pool");
    observes("2", "pool");
    world.ec2.failNext(Api.CREATE_SESSION, FailureKind.TARGET_FULL);
    assertThat(run()).containsExactly("1 instance: TARGET_FULL", "2 instance: TARGET_FULL");
    assertThat(world.ec2.calls(Api.CREATE_SESSION)).hasSize(1);
  }

  @Test
  void launchesNothingUntilEc2ShowsWhyATargetIsFull() throws Exception {
    world.member("pool-1", POOL, 0, Duration.ofMinutes(1));
    world.targetOf("pool-1", POOL, 0);
    observes("1", "pool");
    world.ec2.failNext(Api.CREATE_SESSION, FailureKind.TARGET_FULL);
    run();
    assertThat(run()).containsExactly("1 instance: POOL_NOT_SETTLED");
    assertThat(world.ec2.calls(Api.LAUNCH)).isEmpty();
  }

  // Reads of the next round

  @Test
  void readsThePoolsAgainForAnUnsettledSession() throws Exception {
    observes("1", "pool");
    world.session("1", world.targetOf("not-seen-yet", POOL, 0));
    assertThat(run()).containsExactly("1 instance: POOL_NOT_SETTLED");
    assertThat(readsPoolsInTheNextRound()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "NO_CAPACITY, instance: NO_CAPACITY, true",
    "INSTANCE_ENDED, instance: INSTANCE_ENDED, true",
    "IMAGE_NOT_FOUND, refused: image-not-found, false"
  })
  void readsThePoolsAgainWhileLaunchesAreHeld(FailureKind why, String outcome, boolean again)
      throws Exception {
    observes("1", "pool");
    world.memory.recordRefusedLaunch(POOL.digest(), failure(why));
    assertThat(run()).containsExactly("1 " + outcome);
    assertThat(readsPoolsInTheNextRound()).isEqualTo(again);
  }

  @ParameterizedTest
  @CsvSource({"NO_CAPACITY, true", "IMAGE_NOT_FOUND, false"})
  void readsThePoolsAgainIfAPlannedTargetMayBeCreatedLater(FailureKind why, boolean again)
      throws Exception {
    observes("1", "pool");
    world.ec2.failNext(Api.LAUNCH, why);
    run();
    assertThat(readsPoolsInTheNextRound()).isEqualTo(again);
  }

  @Test
  void doesNotReadThePoolsAgainIfOnlyASessionIsRetried() throws Exception {
    world.member("pool-1", POOL, 0, Duration.ofMinutes(1));
    world.targetOf("pool-1", POOL, 0);
    observes("1", "pool");
    world.ec2.failNext(Api.CREATE_SESSION, FailureKind.REFUSED);
    assertThat(run()).containsExactly("1 instance: REFUSED");
    assertThat(readsPoolsInTheNextRound()).isFalse();
  }

  private boolean readsPoolsInTheNextRound() throws Exception {
    int before = world.ec2.calls(Api.POOL_MEMBERS).size();
    run();
    return world.ec2.calls(Api.POOL_MEMBERS).size() > before;
  }

  private void observes(String name, String mirror) {
    shown.add(world.runs(name, mirror));
    requests.add(world.request(name, Duration.ZERO));
  }

  private void spendAllLaunchesBut(int left) {
    while (world.launches.left() > left) {
      world.launches.spend();
    }
  }

  /** The name of each instance with its outcome, in the order of the requests. */
  private List<String> run() throws Exception {
    Map<InstanceId, Outcome> outcomes = new HashMap<>();
    world.round.run(
        requests,
        shown,
        world.launches,
        world.later(),
        (id, outcome) -> assertThat(outcomes.put(id, outcome)).as("only one outcome").isNull());
    return requests.stream()
        .map(InstanceRequest::instance)
        .map(
            id ->
                id.value().substring(2)
                    + " "
                    + word(Optional.ofNullable(outcomes.get(id)).orElseThrow()))
        .toList();
  }
}
