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
  private static final TargetId LIVING = targetOf(MEMBER).id();
  private static final TargetId SECOND_LIVING = targetOf(SECOND).id();
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
    Session rightOfOthers = session("tms-1", 7, TARGET, FILTER, "other");
    Session rightOfNobody = session("tms-1", 7, TARGET, FILTER, "");
    Session oldTarget = session("tms-2", 5, OTHER_TARGET, FILTER, "prod");
    Session oldFilter = session("tms-3", 6, TARGET, OTHER_FILTER, "prod");
    Session foreign = session("tms-4", 1, OTHER_TARGET, FILTER, "other");
    Session unclaimed = session("tms-5", 2, OTHER_TARGET, FILTER, "");
    Session third = session("tms-6", 3, TARGET, OTHER_FILTER, "other");
    return Stream.of(
        Arguments.of("none", List.of(), State.MISSING),
        Arguments.of("the wanted one, ours", List.of(right), State.SATISFIED),
        Arguments.of(
            "the wanted one, another deployment's", List.of(rightOfOthers), State.SATISFIED),
        Arguments.of("the wanted one, nobody's", List.of(rightOfNobody), State.SATISFIED),
        Arguments.of(
            "the wanted one beside an outdated one", List.of(oldTarget, right), State.SATISFIED),
        Arguments.of(
            "the wanted one beside two foreign ones",
            List.of(foreign, unclaimed, right),
            State.SATISFIED),
        Arguments.of("ours to another target", List.of(oldTarget), State.OUTDATED),
        Arguments.of("ours with another filter", List.of(oldFilter), State.OUTDATED),
        Arguments.of(
            "ours to another target beside two foreign ones",
            List.of(foreign, unclaimed, oldTarget),
            State.OUTDATED),
        Arguments.of("one foreign", List.of(foreign), State.MISSING),
        Arguments.of("two foreign", List.of(foreign, unclaimed), State.MISSING),
        Arguments.of("three foreign", List.of(foreign, unclaimed, third), State.LIMIT));
  }

  @ParameterizedTest(name = "sessions: {0} -> {2}")
  @MethodSource("sessionsOfAFixedTarget")
  void comparesTheSessionsOnTheInterfaceWithTheWantedOne(
      String what, List<Session> sessions, State expected) {
    SessionState state = fixedTarget(sessions);
    assertThat(kindOf(state)).as(what).isEqualTo(expected);
    assertThat(fixedTarget(sessions.reversed()))
        .as("read in another order")
        .isEqualTo(order(state));
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

  /** A missing session carries what was read, in the order in which it was read. */
  private static SessionState order(SessionState state) {
    return state instanceof SessionState.Missing(WantedSession wanted, List<Session> existing)
        ? new SessionState.Missing(wanted, existing.reversed())
        : state;
  }

  @Test
  void missingShowsTheSessionsOfOthersOnTheInterface() {
    Session foreign = session("tms-1", 100, OTHER_TARGET, FILTER, "other");
    assertThat(fixedTarget(List.of(foreign)))
        .isEqualTo(new SessionState.Missing(Fixtures.toTarget(), List.of(foreign)));
  }

  @Test
  void ignoresTheSessionsOfOtherInterfaces() {
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
  void keepsTheTargetOfASessionWhereOnlyTheFilterIsOutdated() {
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
            "the wanted target before the lowest number",
            List.of(
                session("tms-a", 5, OTHER_TARGET, FILTER, "prod"),
                session("tms-b", 9, TARGET, OTHER_FILTER, "prod")),
            "tms-b"),
        Arguments.of(
            "the lowest id where EC2 shows no numbers",
            List.of(
                session("tms-b", 0, OTHER_TARGET, FILTER, "prod"),
                session("tms-a", 0, OTHER_TARGET, FILTER, "prod")),
            "tms-a"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("severalOfOurs")
  void choosesOneOfSeveralSessionsOfOursByAFixedRule(
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
  void anyLivingTargetOfThePoolSatisfiesWhoeverMadeTheSession(String deployment) {
    Session session = session("tms-1", 7, SECOND_LIVING, FILTER, deployment);
    assertThat(pooled(List.of(session), TWO_TARGETS))
        .isEqualTo(new SessionState.Satisfied(Fixtures.toPool(POOL, 1), session));
  }

  @Test
  void aSessionToALivingTargetOfThePoolStaysThereWhenItsFilterChanges() {
    Session session = session("tms-1", 7, SECOND_LIVING, OTHER_FILTER, "prod");
    assertThat(pooled(List.of(session), TWO_TARGETS))
        .isEqualTo(new SessionState.Outdated(Fixtures.toPool(POOL, 1), session, true));
  }

  @Test
  void aTargetOfAnotherPoolWillNotDo() {
    Pool elsewhere =
        new Pool("prod", "t3.micro", "ami-2", List.of("sg-1"), new SubnetId("subnet-2"));
    PoolMember foreign = member(elsewhere, 0, InstanceState.RUNNING);
    PoolInventory pools =
        new Fixtures.Pools().members(foreign).targets(targetOf(foreign)).inventory();
    Session session = session("tms-1", 7, targetOf(foreign).id(), FILTER, "prod");
    assertThat(pooled(List.of(session), pools))
        .isEqualTo(new SessionState.Outdated(Fixtures.toPool(POOL, 1), session, false));
  }

  /** Whether a session is moved away from a target whose instance is not seen to live. */
  static Stream<Arguments> targetsThatAreNotSeenToLive() {
    MirrorTarget ours = targetOf(MEMBER);
    Pool other = new Pool("prod", "t3.micro", "ami-2", List.of("sg-1"), POOL.subnet());
    MirrorTarget unclaimed = new MirrorTarget(LIVING, MEMBER.primary(), Map.of());
    MirrorTarget foreign = new MirrorTarget(LIVING, MEMBER.primary(), owner("other"));
    MirrorTarget ofOtherPool =
        new MirrorTarget(LIVING, MEMBER.primary(), OURS.slotTags(new Slot(other.digest(), 0, 0)));
    PoolMember ended = member(POOL, 0, InstanceState.TERMINATED);
    PoolMember stopped = member(POOL, 0, InstanceState.STOPPED);
    Instant lately = NOW.minus(PoolInventory.SETTLING_TIME).plusMillis(1);
    Instant longAgo = NOW.minus(PoolInventory.SETTLING_TIME);
    return Stream.of(
        unseen("neither target nor instance shown", pools(), NOW, true),
        unseen("neither shown, just under 30 s", pools(), lately, true),
        unseen("neither shown for 30 s", pools(), longAgo, false),
        unseen("target shown, instance not", pools().targets(ours), lately, true),
        unseen("target shown, instance not for 30 s", pools().targets(ours), longAgo, false),
        unseen("target of another pool", pools().targets(ofOtherPool), NOW, false),
        unseen("target of another deployment", pools().targets(foreign), NOW, false),
        unseen("target of nobody", pools().targets(unclaimed), NOW, false),
        unseen("instance ended", pools().targets(ours).members(ended), NOW, false),
        unseen("instance stopped", pools().targets(ours).members(stopped), NOW, false));
  }

  private static Fixtures.Pools pools() {
    return new Fixtures.Pools();
  }

  private static Arguments unseen(
      String what, Fixtures.Pools pools, Instant since, boolean isLeftAlone) {
    return Arguments.of(what, pools.unseenSince(Map.of(LIVING, since)).inventory(), isLeftAlone);
  }

  @ParameterizedTest(name = "{0}: left alone {2}")
  @MethodSource("targetsThatAreNotSeenToLive")
  void leavesASessionAloneWhileItsTargetMayTurnOutToLive(
      String what, PoolInventory pools, boolean isLeftAlone) {
    Session session = session("tms-1", 7, LIVING, FILTER, "prod");
    WantedSession wanted = Fixtures.toPool(POOL, 1);
    assertThat(pooled(List.of(session), pools))
        .as(what)
        .isEqualTo(
            isLeftAlone
                ? new SessionState.Unsettled(wanted, session)
                : new SessionState.Outdated(wanted, session, false));
  }

  @Test
  void aTargetThatWasNeverLookedForInVainMayLive() {
    Session session = session("tms-1", 7, LIVING, FILTER, "prod");
    assertThat(pooled(List.of(session), PoolInventory.EMPTY))
        .isInstanceOf(SessionState.Unsettled.class);
  }

  @Test
  void aForeignSessionToATargetThatIsNotSeenIsNotWaitedFor() {
    Session session = session("tms-1", 7, LIVING, FILTER, "other");
    assertThat(pooled(List.of(session), PoolInventory.EMPTY))
        .isEqualTo(new SessionState.Missing(Fixtures.toPool(POOL, 1), List.of(session)));
  }

  @Test
  void givesOneRowForEachInstanceInTheOrderOfTheObservation() {
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
  void keepsTheReasonAndTheEntryOfAnInstanceThatIsNotSelected() {
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
  void knowsNothingOfAnInstanceThatWasNotObserved() {
    assertThat(assessment(onDemand(), List.of(), TWO_TARGETS).of(new InstanceId("i-9"))).isEmpty();
  }

  @Test
  void assessesWhatIsOpenAgainWithANewerReadingOfThePools() {
    Session session = session("tms-1", 7, LIVING, FILTER, "prod");
    Map<InterfaceId, List<Session>> sessions = Map.of(PRIMARY, List.of(session));
    Assessment before = assessment(onDemand(), List.of(session), PoolInventory.EMPTY);
    assertThat(before.openInPools()).containsExactly(Fixtures.toPool(POOL, 1));
    Assessment after = before.with(TWO_TARGETS, sessions, NOW);
    assertThat(after.of(INSTANCE_ID))
        .contains(new SessionState.Satisfied(Fixtures.toPool(POOL, 1), session));
    assertThat(after.openInPools()).isEmpty();
    assertThat(after.pools()).isEqualTo(TWO_TARGETS);
  }

  @Test
  void doesNotAssessAgainWhatIsSatisfiedOrGoesToAFixedTarget() {
    Session toPool = session("tms-1", 7, LIVING, FILTER, "prod");
    Assessment satisfied = assessment(onDemand(), List.of(toPool), TWO_TARGETS);
    assertThat(satisfied.with(PoolInventory.EMPTY, Map.of(), NOW).of(INSTANCE_ID))
        .isEqualTo(satisfied.of(INSTANCE_ID));
    Assessment fixed = assessment(fixed(100), List.of(), TWO_TARGETS);
    Session nowThere = session("tms-1", 7, TARGET, FILTER, "prod");
    assertThat(fixed.with(TWO_TARGETS, Map.of(PRIMARY, List.of(nowThere)), NOW).of(INSTANCE_ID))
        .isEqualTo(fixed.of(INSTANCE_ID));
  }

  static Stream<Arguments> needs() {
    Session right = session("tms-1", 7, LIVING, FILTER, "prod");
    Session oldFilter = session("tms-1", 7, LIVING, OTHER_FILTER, "prod");
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
  void tellsWhatIsOpenInPoolsFromWhatNeedsATarget(
      String what, List<Session> sessions, PoolInventory pools, boolean open, boolean inNeed) {
    Assessment assessment = assessment(onDemand(), sessions, pools);
    WantedSession wanted = Fixtures.toPool(POOL, 1);
    assertThat(assessment.openInPools()).as(what).isEqualTo(open ? List.of(wanted) : List.of());
    assertThat(assessment.inNeed()).as(what).isEqualTo(inNeed ? List.of(wanted) : List.of());
    assertThat(assessment.poolsInNeed()).as(what).isEqualTo(inNeed ? Set.of(POOL) : Set.of());
  }

  @Test
  void aFixedTargetIsNoNeedOfAPool() {
    Assessment assessment = assessment(fixed(100), List.of(), PoolInventory.EMPTY);
    assertThat(assessment.openInPools()).isEmpty();
    assertThat(assessment.inNeed()).isEmpty();
    assertThat(assessment.poolsInNeed()).isEmpty();
  }

  static Stream<Arguments> states() {
    WantedSession wanted = Fixtures.toTarget();
    Session session = session("tms-1", 7, TARGET, FILTER, "prod");
    return Stream.of(
        // state, is open, needs a target, shows a session
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
  void aStateSaysWhetherItIsOpenNeedsATargetAndShowsASession(
      SessionState state, boolean open, boolean needsTarget, boolean showsASession) {
    assertThat(state.isOpen()).isEqualTo(open);
    assertThat(state.needsTarget()).isEqualTo(needsTarget);
    assertThat(state.showsASession()).isEqualTo(showsASession);
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
