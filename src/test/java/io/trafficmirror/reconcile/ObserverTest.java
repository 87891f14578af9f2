package io.trafficmirror.reconcile;

import static io.trafficmirror.reconcile.World.POOL;
import static io.trafficmirror.reconcile.World.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.FilterId;
import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.Reason;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.SessionId;
import io.trafficmirror.mirror.SessionState;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.mirror.WantedSession;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.FakeEc2;
import io.trafficmirror.port.FakeEc2.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link Observer}: the reads of each situation and their results. */
class ObserverTest {

  private final World world = new World();
  private final List<Instance> shown = new ArrayList<>();

  // Reads

  @Test
  void readsOnlyTargetsIfNoInstanceMatches() {
    observes("1", "nothing");
    assertThat(reads()).containsExactly(Api.TARGETS);
  }

  @Test
  void readsNoPoolsForFixedTargets() {
    observes("1", "fixed");
    assertThat(reads()).containsExactly(Api.TARGETS, Api.SESSIONS);
  }

  @Test
  void readsPoolsAndTheirSessionsIfASourceNeedsATarget() {
    observes("1", "pool");
    assertThat(reads())
        .containsExactly(Api.TARGETS, Api.SESSIONS, Api.POOL_MEMBERS, Api.SESSIONS_TO);
  }

  @Test
  void readsPoolsWithoutSessionsIfEverySourceHasATarget() {
    withTarget("1");
    assertThat(reads()).containsExactly(Api.TARGETS, Api.SESSIONS, Api.POOL_MEMBERS);
  }

  @Test
  void readsNoPoolSessionsIfOnlyAFilterChanges() {
    withTarget("1");
    Session session = world.ec2.sessions().getFirst();
    world.ec2.add(
        new Session(
            session.id(),
            session.source(),
            session.target(),
            new FilterId("tmf-old"),
            session.number(),
            session.tags()));
    assertThat(reads()).containsExactly(Api.TARGETS, Api.SESSIONS, Api.POOL_MEMBERS);
    assertThat(state("1")).isInstanceOf(SessionState.Outdated.class);
  }

  @Test
  void readsNoPoolSessionsForAnUnsettledSession() {
    observes("1", "pool");
    world.session("1", new TargetId("tmt-not-seen-yet"));
    assertThat(reads())
        .as("targets are read again, because the cached ones lack one")
        .containsExactly(Api.TARGETS, Api.SESSIONS, Api.POOL_MEMBERS, Api.TARGETS);
    assertThat(state("1")).isInstanceOf(SessionState.Unsettled.class);
  }

  // Caching

  @ParameterizedTest
  @CsvSource({"59, SESSIONS", "60, TARGETS SESSIONS"})
  void cachesTargetsForOneMinute(long seconds, String reads) {
    observes("1", "fixed");
    reads();
    world.time.sleep(Duration.ofSeconds(seconds));
    assertThat(reads()).extracting(Api::name).containsExactly(reads.split(" "));
  }

  @ParameterizedTest
  @CsvSource({"29, SESSIONS", "30, SESSIONS POOL_MEMBERS"})
  void usesCachedPoolsForHalfAMinuteIfNoSourceNeedsATarget(long seconds, String reads) {
    withTarget("1");
    reads();
    world.time.sleep(Duration.ofSeconds(seconds));
    assertThat(reads()).extracting(Api::name).containsExactly(reads.split(" "));
  }

  @ParameterizedTest
  @CsvSource({"2, SESSIONS SESSIONS_TO", "3, SESSIONS POOL_MEMBERS SESSIONS_TO"})
  void usesCachedPoolsForThreeSecondsIfASourceNeedsATarget(long seconds, String reads) {
    observes("1", "pool");
    reads();
    world.time.sleep(Duration.ofSeconds(seconds));
    assertThat(reads()).extracting(Api::name).containsExactly(reads.split(" "));
  }

  @Test
  void readsPoolsAgainAfterTheCacheIsDiscarded() {
    observes("1", "pool");
    reads();
    world.pools.forget();
    assertThat(reads()).containsExactly(Api.SESSIONS, Api.POOL_MEMBERS, Api.SESSIONS_TO);
  }

  // Observations

  @Test
  void findsTheSourcesOfTargetsWithFreeCapacity() {
    withTarget("1");
    observes("2", "pool");
    assertThat(observed().assessment().pools().sources())
        .isEqualTo(Map.of(new TargetId("tmt-pool-1"), Set.of(new InterfaceId("eni-1"))));
  }

  @Test
  void findsSourcesThatAreNotObservedThemselves() {
    withTarget("1");
    shown.clear();
    observes("2", "pool");
    assertThat(observed().assessment().pools().sources())
        .isEqualTo(Map.of(new TargetId("tmt-pool-1"), Set.of(new InterfaceId("eni-1"))));
  }

  @Test
  void findsEveryTargetOfOneInterface() {
    withTarget("1");
    world.member("pool-2", POOL, 1, Duration.ofMinutes(1));
    foreign("1", world.targetOf("pool-2", POOL, 1));
    shown.clear();
    observes("2", "pool");
    assertThat(observed().assessment().pools().sources())
        .isEqualTo(
            Map.of(
                new TargetId("tmt-pool-1"), Set.of(new InterfaceId("eni-1")),
                new TargetId("tmt-pool-2"), Set.of(new InterfaceId("eni-1"))));
  }

  /** The second read returns only sessions to the pool; sessions of the first read are kept. */
  @Test
  void keepsAForeignSessionOfASourceThatNeedsATarget() {
    observes("1", "pool");
    Session foreign = foreign("1", new TargetId("tmt-elsewhere"));
    assertThat(state("1")).isEqualTo(new SessionState.Missing(wanted("1"), List.of(foreign)));
  }

  @Test
  void mergesASessionThatBothReadsReturn() {
    withTarget("9");
    observes("1", "pool");
    Session foreign = foreign("1", new TargetId("tmt-pool-1"));
    assertThat(state("1")).isEqualTo(new SessionState.Missing(wanted("1"), List.of(foreign)));
  }

  @Test
  void neverMirrorsTheInstanceOfAMirrorTarget() {
    observes("sensor", "fixed");
    world.targetOf("sensor", POOL, 0);
    assertThat(state("sensor"))
        .isEqualTo(new SessionState.NotMirrored(Reason.IS_A_MIRROR_TARGET, Optional.of("tags[0]")));
  }

  @Test
  void failsIfTargetsCannotBeRead() {
    observes("1", "nothing");
    world.ec2.failNext(Api.TARGETS, FailureKind.DENIED);
    assertThat(world.observer.assess(shown, world.later())).isInstanceOf(Answer.Failed.class);
  }

  @ParameterizedTest
  @CsvSource({
    "SESSIONS, i-fixed i-with-target i-without-target",
    "POOL_MEMBERS, i-with-target i-without-target",
    "SESSIONS_TO, i-without-target"
  })
  void marksExactlyTheInstancesOfAFailedReadAsUnread(Api api, String unread) {
    observes("unmatched", "nothing");
    observes("fixed", "fixed");
    observes("without-target", "pool");
    withTarget("with-target");
    world.ec2.failNext(api, FailureKind.THROTTLED);
    assertThat(observed().unread().keySet())
        .extracting(InstanceId::value)
        .containsExactlyInAnyOrder(unread.split(" "));
  }

  private void observes(String name, String mirror) {
    shown.add(world.runs(name, mirror));
  }

  /** A source with a session to the only target of the pool. */
  private void withTarget(String name) {
    observes(name, "pool");
    world.member("pool-1", POOL, 0, Duration.ofMinutes(1));
    world.session(name, world.targetOf("pool-1", POOL, 0));
  }

  /** A foreign session with another filter. */
  private Session foreign(String name, TargetId target) {
    Session session =
        new Session(
            new SessionId("tms-foreign"),
            new InterfaceId("eni-" + name),
            target,
            new FilterId("tmf-foreign"),
            1,
            Map.of());
    world.ec2.add(session);
    return session;
  }

  private WantedSession wanted(String name) {
    return observed().assessment().needingTarget().stream()
        .filter(each -> each.instance().id().equals(new InstanceId("i-" + name)))
        .findFirst()
        .orElseThrow();
  }

  /** Observes once and returns the reads that it made. */
  private List<Api> reads() {
    int before = world.ec2.calls().size();
    observed();
    return world.ec2.calls().stream().skip(before).map(FakeEc2.Call::api).toList();
  }

  private SessionState state(String name) {
    return observed().assessment().of(new InstanceId("i-" + name)).orElseThrow();
  }

  private Observer.Observed observed() {
    return switch (world.observer.assess(shown, world.later())) {
      case Answer.Got<Observer.Observed>(Observer.Observed observed) -> observed;
      case Answer.Failed<Observer.Observed>(Failure failure) ->
          throw new AssertionError(failure.message());
    };
  }
}
