package io.trafficmirror.mirror;

import static io.trafficmirror.mirror.Fixtures.FILTER;
import static io.trafficmirror.mirror.Fixtures.INSTANCE_ID;
import static io.trafficmirror.mirror.Fixtures.MIRROR_ON;
import static io.trafficmirror.mirror.Fixtures.NOW;
import static io.trafficmirror.mirror.Fixtures.OTHER_FILTER;
import static io.trafficmirror.mirror.Fixtures.OTHER_TARGET;
import static io.trafficmirror.mirror.Fixtures.OURS;
import static io.trafficmirror.mirror.Fixtures.POOL;
import static io.trafficmirror.mirror.Fixtures.PRIMARY;
import static io.trafficmirror.mirror.Fixtures.SCOPE;
import static io.trafficmirror.mirror.Fixtures.TARGET;
import static io.trafficmirror.mirror.Fixtures.fixed;
import static io.trafficmirror.mirror.Fixtures.instanceIn;
import static io.trafficmirror.mirror.Fixtures.member;
import static io.trafficmirror.mirror.Fixtures.networkInterface;
import static io.trafficmirror.mirror.Fixtures.onDemand;
import static io.trafficmirror.mirror.Fixtures.owner;
import static io.trafficmirror.mirror.Fixtures.policy;
import static io.trafficmirror.mirror.Fixtures.running;
import static io.trafficmirror.mirror.Fixtures.session;
import static io.trafficmirror.mirror.Fixtures.targetOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssessmentTest {

  private static final PoolMember MEMBER = member(POOL, 0, InstanceState.RUNNING);
  private static final PoolMember SECOND = member(POOL, 1, InstanceState.RUNNING);
  private static final TargetId LIVE_TARGET = targetOf(MEMBER).id();
  private static final TargetId SECOND_LIVE_TARGET = targetOf(SECOND).id();
  private static final PoolInventory TWO_TARGETS =
      new Fixtures.Pools()
          .members(MEMBER, SECOND)
          .targets(targetOf(MEMBER), targetOf(SECOND))
          .inventory();

  enum State {
    SATISFIED,
    MISSING,
    OUTDATED,
    LIMIT
  }

  static Stream<Arguments> sessionsOfAFixedTarget() {
    Session right = session("tms-1", 7, TARGET, FILTER, "prod");
    Session matchingForeign = session("tms-1", 7, TARGET, FILTER, "other");
    Session matchingUnclaimed = session("tms-1", 7, TARGET, FILTER, "");
    Session oldTarget = session("tms-2", 5, OTHER_TARGET, FILTER, "prod");
    Session oldFilter = session("tms-3", 6, TARGET, OTHER_FILTER, "prod");
    Session foreign = session("tms-4", 1, OTHER_TARGET, FILTER, "other");
    Session unclaimed = session("tms-5", 2, OTHER_TARGET, FILTER, "");
    Session third = session("tms-6", 3, TARGET, OTHER_FILTER, "other");
    return Stream.of(
        Arguments.of("none", List.of(), State.MISSING),
        Arguments.of("matching, ours", List.of(right), State.SATISFIED),
        Arguments.of("matching, another deployment's", List.of(matchingForeign), State.SATISFIED),
        Arguments.of("matching, unclaimed", List.of(matchingUnclaimed), State.SATISFIED),
        Arguments.of("matching, and an outdated one", List.of(oldTarget, right), State.SATISFIED),
        Arguments.of(
            "matching, and two foreign ones", List.of(foreign, unclaimed, right), State.SATISFIED),
        Arguments.of("ours with another target", List.of(oldTarget), State.OUTDATED),
        Arguments.of("ours with another filter", List.of(oldFilter), State.OUTDATED),
        Arguments.of(
            "ours with another target, and two foreign ones",
            List.of(foreign, unclaimed, oldTarget),
            State.OUTDATED),
        Arguments.of("one foreign session", List.of(foreign), State.MISSING),
        Arguments.of("two foreign sessions", List.of(foreign, unclaimed), State.MISSING),
        Arguments.of("three foreign sessions", List.of(foreign, unclaimed, third), State.LIMIT));
  }

  @ParameterizedTest(name = "sessions: {0} -> {2}")
  @MethodSource("sessionsOfAFixedTarget")
  void comparesTheObservedSessionsWithTheWantedOne(
      String what, List<Session> sessions, State expected) {
    SessionState state = fixedTarget(sessions);
    assertThat(kindOf(state)).as(what).isEqualTo(expected);
    assertThat(fixedTarget(sessions.reversed())).as("in reverse order").isEqualTo(reversed(state));
  }

  private static State kindOf(SessionState state) {
    return switch (state) {
      case SessionState.Satisfied ignored -> State.SATISFIED;
      case SessionState.Missing ignored -> State.MISSING;
      case SessionState.Outdated ignored -> State.OUTDATED;
      case SessionState.NotMirrored(Reason reason, Optional<String> entry) -> {
        assertThat(reason).isEqualTo(Reason.INTERFACE_SESSION_LIMIT);
        assertThat(entry).contains("tags[0]");
        yield State.LIMIT;
      }
      case SessionState.Unsettled ignored -> throw new AssertionError("a fixed target is settled");
    };
  }

  /**
   * The expected state for the sessions in reverse order; {@code Missing} keeps the order of the
   * input.
   */
  private static SessionState reversed(SessionState state) {
    return state instanceof SessionState.Missing(WantedSession wanted, List<Session> existing)
        ? new SessionState.Missing(wanted, existing.reversed())
        : state;
  }

  @Test
  void missingListsTheForeignSessionsOnTheInterface() {
    Session foreign = session("tms-1", 100, OTHER_TARGET, FILTER, "other");
    assertThat(fixedTarget(List.of(foreign)))
        .isEqualTo(new SessionState.Missing(Fixtures.toTarget(), List.of(foreign)));
  }

  @Test
  void ignoresSessionsOnOtherInterfaces() {
    Session elsewhere =
        new Session(
            new SessionId("tms-1"), new InterfaceId("eni-8"), TARGET, FILTER, 100, Map.of());
    assertThat(
            assess(
                fixed(100),
                Map.of(elsewhere.source(), List.of(elsewhere)),
                PoolInventory.EMPTY,
                NOW))
        .isEqualTo(new SessionState.Missing(Fixtures.toTarget(), List.of()));
  }

  @Test
  void keepsTheTargetIfOnlyTheFilterIsOutdated() {
    Session oldFilter = session("tms-1", 5, TARGET, OTHER_FILTER, "prod");
    Session oldTarget = session("tms-1", 5, OTHER_TARGET, FILTER, "prod");
    assertThat(fixedTarget(List.of(oldFilter)))
        .isEqualTo(new SessionState.Outdated(Fixtures.toTarget(), oldFilter, true));
    assertThat(fixedTarget(List.of(oldTarget)))
        .isEqualTo(new SessionState.Outdated(Fixtures.toTarget(), oldTarget, false));
  }

  static Stream<Arguments> severalOfOurs() {
    return Stream.of(
        Arguments.of(
            "the lowest number",
            List.of(
                session("tms-a", 9, OTHER_TARGET, FILTER, "prod"),
                session("tms-c", 5, OTHER_TARGET, FILTER, "prod"),
                session("tms-b", 1, OTHER_TARGET, FILTER, "other")),
            "tms-c"),
        Arguments.of(
            "the wanted target, before the lowest number",
            List.of(
                session("tms-a", 5, OTHER_TARGET, FILTER, "prod"),
                session("tms-b", 9, TARGET, OTHER_FILTER, "prod")),
            "tms-b"),
        Arguments.of(
            "the lowest id if EC2 returns no numbers",
            List.of(
                session("tms-b", 0, OTHER_TARGET, FILTER, "prod"),
                session("tms-a", 0, OTHER_TARGET, FILTER, "prod")),
            "tms-a"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("severalOfOurs")
  void choosesAmongOurSessionsDeterministically(
      String rule, List<Session> sessions, String chosen) {
    for (List<Session> read : List.of(sessions, sessions.reversed())) {
      assertThat(fixedTarget(read))
          .as(rule)
          .isInstanceOfSatisfying(
              SessionState.Outdated.class,
              outdated -> assertThat(outdated.ours().id().value()).isEqualTo(chosen));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"prod", "other", ""})
  void acceptsAnyLiveTargetOfThePoolForOurAndForeignSessions(String deployment) {
    Session session = session("tms-1", 7, SECOND_LIVE_TARGET, FILTER, deployment);
    assertThat(pooled(List.of(session), TWO_TARGETS))
        .isEqualTo(new SessionState.Satisfied(Fixtures.toPool(POOL, 1), session));
  }

  @Test
  void keepsALiveTargetOfThePoolWhenTheFilterChanges() {
    Session session = session("tms-1", 7, SECOND_LIVE_TARGET, OTHER_FILTER, "prod");
    assertThat(pooled(List.of(session), TWO_TARGETS))
        .isEqualTo(new SessionState.Outdated(Fixtures.toPool(POOL, 1), session, true));
  }

  @Test
  void rejectsATargetOfAnotherPool() {
    Pool elsewhere =
        new Pool("prod", "t3.micro", "ami-2", List.of("sg-1"), new SubnetId("subnet-2"));
    PoolMember foreign = member(elsewhere, 0, InstanceState.RUNNING);
    PoolInventory pools =
        new Fixtures.Pools().members(foreign).targets(targetOf(foreign)).inventory();
    Session session = session("tms-1", 7, targetOf(foreign).id(), FILTER, "prod");
    assertThat(pooled(List.of(session), pools))
        .isEqualTo(new SessionState.Outdated(Fixtures.toPool(POOL, 1), session, false));
  }

  /** Targets without a visible live instance, and whether a session stays on them. */
  static Stream<Arguments> targetsWithoutAVisibleLiveInstance() {
    MirrorTarget ours = targetOf(MEMBER);
    Pool other = new Pool("prod", "t3.micro", "ami-2", List.of("sg-1"), POOL.subnet());
    MirrorTarget unclaimed = new MirrorTarget(LIVE_TARGET, MEMBER.primary(), Map.of());
    MirrorTarget foreign = new MirrorTarget(LIVE_TARGET, MEMBER.primary(), owner("other"));
    MirrorTarget ofOtherPool =
        new MirrorTarget(
            LIVE_TARGET, MEMBER.primary(), OURS.slotTags(new Slot(other.digest(), 0, 0)));
    PoolMember ended = member(POOL, 0, InstanceState.TERMINATED);
    PoolMember stopped = member(POOL, 0, InstanceState.STOPPED);
    Instant recently = NOW.minus(PoolInventory.SETTLING_TIME).plusMillis(1);
    Instant longAgo = NOW.minus(PoolInventory.SETTLING_TIME);
    return Stream.of(
        unseen("neither target nor instance visible", pools(), NOW, true),
        unseen("neither visible for just under 30 s", pools(), recently, true),
        unseen("neither visible for 30 s", pools(), longAgo, false),
        unseen("target visible, instance not visible", pools().targets(ours), recently, true),
        unseen(
            "target visible, instance not visible for 30 s", pools().targets(ours), longAgo, false),
        unseen("target of another pool", pools().targets(ofOtherPool), NOW, false),
        unseen("target of another deployment", pools().targets(foreign), NOW, false),
        unseen("unclaimed target", pools().targets(unclaimed), NOW, false),
        unseen("instance ended", pools().targets(ours).members(ended), NOW, false),
        unseen("instance stopped", pools().targets(ours).members(stopped), NOW, false));
  }

  private static Fixtures.Pools pools() {
    return new Fixtures.Pools();
  }

  private static Arguments unseen(
      String what, Fixtures.Pools pools, Instant since, boolean isUnsettled) {
    return Arguments.of(
        what, pools.unseenSince(Map.of(LIVE_TARGET, since)).inventory(), isUnsettled);
  }

  @ParameterizedTest(name = "{0}: unsettled {2}")
  @MethodSource("targetsWithoutAVisibleLiveInstance")
  void keepsASessionWhileItsTargetMayBeAlive(
      String what, PoolInventory pools, boolean isUnsettled) {
    Session session = session("tms-1", 7, LIVE_TARGET, FILTER, "prod");
    WantedSession wanted = Fixtures.toPool(POOL, 1);
    assertThat(pooled(List.of(session), pools))
        .as(what)
        .isEqualTo(
            isUnsettled
                ? new SessionState.Unsettled(wanted, session)
                : new SessionState.Outdated(wanted, session, false));
  }

  @Test
  void aTargetNeverReportedUnseenMayBeAlive() {
    Session session = session("tms-1", 7, LIVE_TARGET, FILTER, "prod");
    assertThat(pooled(List.of(session), PoolInventory.EMPTY))
        .isInstanceOf(SessionState.Unsettled.class);
  }

  @Test
  void doesNotWaitForTheUnseenTargetOfAForeignSession() {
    Session session = session("tms-1", 7, LIVE_TARGET, FILTER, "other");
    assertThat(pooled(List.of(session), PoolInventory.EMPTY))
        .isEqualTo(new SessionState.Missing(Fixtures.toPool(POOL, 1), List.of(session)));
  }

  @Test
  void returnsOneRowPerInstanceInObservationOrder() {
    Instance stopped =
        new Instance(
            new InstanceId("i-0"),
            InstanceState.STOPPED,
            "m5.large",
            MIRROR_ON,
            Optional.empty(),
            Optional.empty(),
            List.of());
    Observation observation =
        new Observation(
            SCOPE, List.of(running(), stopped), Set.of(), Map.of(), PoolInventory.EMPTY);
    assertThat(Assessment.of(observation, policy(fixed(100)), OURS, NOW))
        .containsExactly(
            new Assessment.Row(
                SCOPE,
                INSTANCE_ID,
                Optional.of(PRIMARY),
                new SessionState.Missing(Fixtures.toTarget(), List.of())),
            new Assessment.Row(
                SCOPE,
                stopped.id(),
                Optional.empty(),
                new SessionState.NotMirrored(Reason.NOT_RUNNING, Optional.empty())));
  }

  @Test
  void keepsReasonAndEntryOfAnInstanceThatIsNotSelected() {
    Observation observation =
        new Observation(
            SCOPE,
            List.of(instanceIn(InstanceState.RUNNING, MIRROR_ON, networkInterface("eni-2", 1, 0))),
            Set.of(),
            Map.of(),
            PoolInventory.EMPTY);
    assertThat(Assessment.of(observation, policy(fixed(100)), OURS, NOW))
        .extracting(Assessment.Row::state)
        .containsExactly(
            new SessionState.NotMirrored(Reason.NO_PRIMARY_INTERFACE, Optional.of("tags[0]")));
  }

  @Test
  void isEmptyForAnInstanceThatWasNotObserved() {
    assertThat(assessment(onDemand(), List.of(), TWO_TARGETS).of(new InstanceId("i-9"))).isEmpty();
  }

  @Test
  void reassessesOpenPoolSessionsWithNewerPools() {
    Session session = session("tms-1", 7, LIVE_TARGET, FILTER, "prod");
    Map<InterfaceId, List<Session>> sessions = Map.of(PRIMARY, List.of(session));
    Assessment before = assessment(onDemand(), List.of(session), PoolInventory.EMPTY);
    assertThat(before.openPoolSessions()).containsExactly(Fixtures.toPool(POOL, 1));
    Assessment after = before.withPools(TWO_TARGETS, sessions, NOW);
    assertThat(after.of(INSTANCE_ID))
        .contains(new SessionState.Satisfied(Fixtures.toPool(POOL, 1), session));
    assertThat(after.openPoolSessions()).isEmpty();
    assertThat(after.pools()).isEqualTo(TWO_TARGETS);
  }

  @Test
  void doesNotReassessSatisfiedOrFixedTargetSessions() {
    Session toPool = session("tms-1", 7, LIVE_TARGET, FILTER, "prod");
    Assessment satisfied = assessment(onDemand(), List.of(toPool), TWO_TARGETS);
    assertThat(satisfied.withPools(PoolInventory.EMPTY, Map.of(), NOW).of(INSTANCE_ID))
        .isEqualTo(satisfied.of(INSTANCE_ID));
    Assessment fixed = assessment(fixed(100), List.of(), TWO_TARGETS);
    Session createdSince = session("tms-1", 7, TARGET, FILTER, "prod");
    assertThat(
            fixed
                .withPools(TWO_TARGETS, Map.of(PRIMARY, List.of(createdSince)), NOW)
                .of(INSTANCE_ID))
        .isEqualTo(fixed.of(INSTANCE_ID));
  }

  static Stream<Arguments> needs() {
    Session right = session("tms-1", 7, LIVE_TARGET, FILTER, "prod");
    Session oldFilter = session("tms-1", 7, LIVE_TARGET, OTHER_FILTER, "prod");
    Session oldTarget = session("tms-1", 7, new TargetId("tmt-old"), FILTER, "prod");
    PoolInventory longUnseen =
        new Fixtures.Pools()
            .unseenSince(Map.of(oldTarget.target(), NOW.minusSeconds(60)))
            .inventory();
    return Stream.of(
        Arguments.of("missing", List.of(), TWO_TARGETS, true, true),
        Arguments.of("satisfied", List.of(right), TWO_TARGETS, false, false),
        Arguments.of("another filter", List.of(oldFilter), TWO_TARGETS, true, false),
        Arguments.of("another target", List.of(oldTarget), longUnseen, true, true),
        Arguments.of("unsettled", List.of(oldTarget), TWO_TARGETS, true, false));
  }

  @ParameterizedTest(name = "{0}: open {3}, needs a target {4}")
  @MethodSource("needs")
  void distinguishesOpenPoolSessionsFromThoseNeedingATarget(
      String what, List<Session> sessions, PoolInventory pools, boolean open, boolean needsTarget) {
    Assessment assessment = assessment(onDemand(), sessions, pools);
    WantedSession wanted = Fixtures.toPool(POOL, 1);
    assertThat(assessment.openPoolSessions())
        .as(what)
        .isEqualTo(open ? List.of(wanted) : List.of());
    assertThat(assessment.needingTarget())
        .as(what)
        .isEqualTo(needsTarget ? List.of(wanted) : List.of());
    assertThat(assessment.poolsNeedingTarget())
        .as(what)
        .isEqualTo(needsTarget ? Set.of(POOL) : Set.of());
  }

  @Test
  void aFixedTargetNeedsNoPool() {
    Assessment assessment = assessment(fixed(100), List.of(), PoolInventory.EMPTY);
    assertThat(assessment.openPoolSessions()).isEmpty();
    assertThat(assessment.needingTarget()).isEmpty();
    assertThat(assessment.poolsNeedingTarget()).isEmpty();
  }

  static Stream<Arguments> states() {
    WantedSession wanted = Fixtures.toTarget();
    Session session = session("tms-1", 7, TARGET, FILTER, "prod");
    return Stream.of(
        // state, isOpen, needsTarget, hasObservedSession
        Arguments.of(new SessionState.Satisfied(wanted, session), false, false, true),
        Arguments.of(new SessionState.Missing(wanted, List.of()), true, true, false),
        Arguments.of(new SessionState.Missing(wanted, List.of(session)), true, true, true),
        Arguments.of(new SessionState.Outdated(wanted, session, true), true, false, true),
        Arguments.of(new SessionState.Outdated(wanted, session, false), true, true, true),
        Arguments.of(new SessionState.Unsettled(wanted, session), true, false, true),
        Arguments.of(
            new SessionState.NotMirrored(Reason.GONE, Optional.empty()), false, false, false));
  }

  @ParameterizedTest
  @MethodSource("states")
  void classifiesEachState(
      SessionState state, boolean open, boolean needsTarget, boolean hasObservedSession) {
    assertThat(state.isOpen()).isEqualTo(open);
    assertThat(state.needsTarget()).isEqualTo(needsTarget);
    assertThat(state.hasObservedSession()).isEqualTo(hasObservedSession);
    assertThat(state.wantedSession().isEmpty())
        .isEqualTo(state instanceof SessionState.NotMirrored);
  }

  private static SessionState fixedTarget(List<Session> sessions) {
    return assess(fixed(100), Map.of(PRIMARY, sessions), PoolInventory.EMPTY, NOW);
  }

  private static SessionState pooled(List<Session> sessions, PoolInventory pools) {
    return assess(onDemand(), Map.of(PRIMARY, sessions), pools, NOW);
  }

  private static SessionState assess(
      DesiredSession desired,
      Map<InterfaceId, List<Session>> sessions,
      PoolInventory pools,
      Instant now) {
    Observation observation = new Observation(SCOPE, List.of(running()), Set.of(), sessions, pools);
    List<Assessment.Row> rows = Assessment.of(observation, policy(desired), OURS, now);
    assertThat(rows).hasSize(1);
    return rows.getFirst().state();
  }

  private static Assessment assessment(
      DesiredSession desired, List<Session> sessions, PoolInventory pools) {
    Selections selections =
        Selections.of(SCOPE, List.of(running()), Set.of(), policy(desired), OURS);
    return Assessment.of(selections, Map.of(PRIMARY, sessions), pools, NOW);
  }
}
