package io.trafficmirror.reconcile;

import static io.trafficmirror.reconcile.World.FILTER;
import static io.trafficmirror.reconcile.World.OTHER_POOL;
import static io.trafficmirror.reconcile.World.POOL;
import static io.trafficmirror.reconcile.World.TARGET;
import static io.trafficmirror.reconcile.World.failure;
import static io.trafficmirror.reconcile.World.instance;
import static io.trafficmirror.reconcile.World.ours;
import static io.trafficmirror.reconcile.World.wanted;
import static io.trafficmirror.reconcile.World.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.Reason;
import io.trafficmirror.mirror.Seat;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.SessionState;
import io.trafficmirror.mirror.Source;
import io.trafficmirror.mirror.TargetRef;
import io.trafficmirror.mirror.WantedSession;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.write.Effect;
import io.trafficmirror.write.OutageDetector;
import io.trafficmirror.write.Written;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Conclusions}: the outcome of each state, failure and write. */
class ConclusionsTest {

  private static final WantedSession.Aim FIXED = new WantedSession.Aim.Target(TARGET);
  private static final WantedSession.Aim POOLED = new WantedSession.Aim.AnyOf(POOL);

  /**
   * For each kind of failure within the denial grace, the outcomes of a failed call for the
   * instance, a write to a fixed target, a write to a pool target, and both writes after
   * throttling.
   */
  private static final String FAILURES =
      """
      THROTTLED               | batch    | batch    | batch    | batch    | batch
      UNAVAILABLE             | batch    | instance | instance | instance | instance
      OUT_OF_TIME             | batch    | batch    | batch    | batch    | batch
      LAUNCH_BUDGET_SPENT     | batch    | batch    | batch    | batch    | batch
      DENIED                  | batch    | batch    | batch    | batch    | batch
      INSTANCE_NOT_SEEN       | instance | instance | instance | batch    | batch
      NOT_VISIBLE_YET         | instance | instance | instance | batch    | batch
      NO_CAPACITY             | instance | instance | instance | batch    | batch
      SUBNET_FULL             | instance | instance | instance | batch    | batch
      REFUSED                 | instance | instance | instance | batch    | batch
      TOKEN_MISMATCH          | instance | instance | instance | batch    | batch
      SESSION_NOT_FOUND       | instance | instance | instance | batch    | batch
      POOL_NOT_SETTLED        | instance | instance | instance | batch    | batch
      INSTANCE_ENDED          | instance | instance | instance | batch    | batch
      TARGET_IN_USE           | instance | instance | instance | batch    | batch
      PAGE_TOKEN_REFUSED      | refused  | refused  | refused  | refused  | refused
      UNSUPPORTED_SOURCE      | refused  | refused  | refused  | refused  | refused
      SOURCE_IS_A_TARGET      | refused  | refused  | refused  | refused  | refused
      TARGET_FULL             | refused  | refused  | instance | refused  | instance
      INTERFACE_SESSION_LIMIT | refused  | refused  | refused  | refused  | refused
      ACCOUNT_SESSION_LIMIT   | refused  | refused  | refused  | refused  | refused
      TARGET_NOT_FOUND        | refused  | refused  | instance | refused  | instance
      FILTER_NOT_FOUND        | refused  | refused  | refused  | refused  | refused
      LAUNCH_LIMIT            | refused  | refused  | refused  | refused  | refused
      IMAGE_NOT_FOUND         | refused  | refused  | refused  | refused  | refused
      SECURITY_GROUP_NOT_FOUND| refused  | refused  | refused  | refused  | refused
      SUBNET_NOT_FOUND        | refused  | refused  | refused  | refused  | refused
      TYPE_NOT_OFFERED        | refused  | refused  | refused  | refused  | refused
      NO_TARGET               | refused  | refused  | refused  | refused  | refused
      INVALID                 | refused  | refused  | refused  | refused  | refused
      """;

  private final World world = new World();
  private final Conclusions conclusions = conclusions(false);

  private Conclusions conclusions(boolean dryRun) {
    return new Conclusions(world.grace, new OutageDetector(world.time), world.refusedTypes, dryRun);
  }

  // States

  static List<Arguments> states() {
    WantedSession wanted = wanted("1", FIXED);
    Session session = ours("1", TARGET);
    return List.of(
        Arguments.of(new SessionState.Satisfied(wanted, session), "already-mirrored"),
        Arguments.of(
            new SessionState.NotMirrored(Reason.NO_ENTRY_MATCHES, Optional.empty()),
            "no-entry-matches"),
        Arguments.of(
            new SessionState.NotMirrored(Reason.NO_TARGET, Optional.of("tags[0]")), "no-target"),
        Arguments.of(new SessionState.Unsettled(wanted, session), "instance: POOL_NOT_SETTLED"),
        Arguments.of(new SessionState.Missing(wanted, List.of()), "open"),
        Arguments.of(new SessionState.Outdated(wanted, session, true), "open"));
  }

  @ParameterizedTest
  @MethodSource("states")
  void returnsAnOutcomeOnlyForStatesThatNeedNoWrite(SessionState state, String outcome) {
    assertThat(conclusions.ofState(state).map(World::word).orElse("open")).isEqualTo(outcome);
  }

  // Failures

  static List<Arguments> failures() {
    return FAILURES
        .lines()
        .map(line -> line.split("\\|", -1))
        .map(
            cells ->
                Arguments.of(
                    FailureKind.valueOf(cells[0].strip()),
                    Arrays.stream(cells).skip(1).map(String::strip).toList()))
        .toList();
  }

  @Test
  void tableCoversEveryKindOfFailure() {
    assertThat(failures())
        .extracting(each -> each.get()[0])
        .containsExactly((Object[]) FailureKind.values());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void mapsEveryKindOfFailureToAnOutcome(FailureKind kind, List<String> outcomes) {
    assertThat(
            List.of(
                retryScope(conclusions.of(failure(kind))),
                retryScope(ofWrite(kind, FIXED, false)),
                retryScope(ofWrite(kind, POOLED, false)),
                retryScope(ofWrite(kind, FIXED, true)),
                retryScope(ofWrite(kind, POOLED, true))))
        .isEqualTo(outcomes);
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void refusesWithTheReasonOfTheFailureKind(FailureKind kind) {
    if (conclusions.of(failure(kind)) instanceof Outcome.Refused(Reason reason, Failure failure)) {
      assertThat(kind.reason()).contains(reason);
      assertThat(failure.kind()).isEqualTo(kind);
    } else {
      assertThat(kind.reason()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"0, batch", "299, batch", "300, refused", "86400, refused"})
  void refusesADenialAfterTheGracePeriod(long seconds, String retryScope) {
    world.time.sleep(Duration.ofSeconds(seconds));
    assertThat(retryScope(conclusions.of(failure(FailureKind.DENIED)))).isEqualTo(retryScope);
    assertThat(retryScope(ofWrite(FailureKind.DENIED, POOLED, true))).isEqualTo(retryScope);
  }

  private Outcome ofWrite(FailureKind kind, WantedSession.Aim aim, boolean wasThrottled) {
    WantedSession wanted = wanted("1", aim);
    // A new detector for each case, so that no case counts as the second unanswered instance.
    return conclusions(false)
        .ofWrites(
            List.of(written("1", new Answer.Failed<>(failure(kind)), wasThrottled)),
            Map.of(),
            false,
            memory(wanted))
        .values()
        .iterator()
        .next();
  }

  private static String retryScope(Outcome outcome) {
    return word(outcome).replaceFirst(":.*", "");
  }

  // Sources without a target

  static List<Arguments> waiting() {
    Failure noImage = failure(FailureKind.IMAGE_NOT_FOUND);
    Failure ended = failure(FailureKind.INSTANCE_ENDED);
    return List.of(
        Arguments.of(
            Seat.WaitReason.POOL_NOT_SETTLED, POOLED, Map.of(), "instance: POOL_NOT_SETTLED"),
        Arguments.of(
            Seat.WaitReason.LAUNCH_BUDGET_SPENT, POOLED, Map.of(), "batch: LAUNCH_BUDGET_SPENT"),
        Arguments.of(
            Seat.WaitReason.LAUNCH_BUDGET_SPENT,
            POOLED,
            Map.of(POOL.digest(), noImage),
            "refused: image-not-found"),
        Arguments.of(
            Seat.WaitReason.LAUNCH_BUDGET_SPENT,
            POOLED,
            Map.of(OTHER_POOL.digest(), noImage),
            "batch: LAUNCH_BUDGET_SPENT"),
        Arguments.of(
            Seat.WaitReason.LAUNCHES_HELD,
            POOLED,
            Map.of(POOL.digest(), ended),
            "instance: INSTANCE_ENDED"),
        Arguments.of(
            Seat.WaitReason.LAUNCH_NOT_JUSTIFIED, POOLED, Map.of(), "unlisted-source-type"));
  }

  @ParameterizedTest
  @MethodSource("waiting")
  void returnsTheOutcomeOfASourceWithoutATarget(
      Seat.WaitReason why, WantedSession.Aim aim, Map<String, Failure> held, String outcome) {
    assertThat(word(conclusions.ofWaiting(why, wanted("1", aim), held))).isEqualTo(outcome);
  }

  @Test
  void reportsTheRefusalOfATypeThatIsNotWorthALaunch() {
    for (int n = 0; n < RefusedTypes.THRESHOLD_OF_A_LISTED_TYPE; n++) {
      world.refusedTypes.recordRefusal(instance("refused-" + n, "pool"));
    }
    assertThat(
            word(
                conclusions.ofWaiting(
                    Seat.WaitReason.LAUNCH_NOT_JUSTIFIED, wanted("4", POOLED), Map.of())))
        .isEqualTo("refused: unsupported-source");
  }

  // Unanswered writes

  @Test
  void retriesOneUnansweredInstanceAlone() {
    assertThat(round(false, unanswered("1"))).containsExactly("instance: UNAVAILABLE");
  }

  @Test
  void retriesUnansweredInstancesAloneIfAnotherWriteSucceeded() {
    assertThat(round(false, unanswered("1"), unanswered("2"), success("3")))
        .containsExactly("instance: UNAVAILABLE", "instance: UNAVAILABLE", "created");
  }

  @Test
  void detectsAnOutageFromTwoUnansweredInstances() {
    assertThat(round(false, unanswered("1"), unanswered("2")))
        .containsExactly("batch: UNAVAILABLE", "batch: UNAVAILABLE");
  }

  @Test
  void detectsAnOutageDespiteARefusal() {
    assertThat(round(false, unanswered("1"), unanswered("2"), refusal("3")))
        .containsExactly("batch: UNAVAILABLE", "batch: UNAVAILABLE", "refused: filter-not-found");
  }

  @Test
  void detectsAnOutageFromASecondInstanceInALaterRound() {
    round(false, unanswered("1"));
    assertThat(round(false, unanswered("2"))).containsExactly("batch: UNAVAILABLE");
  }

  @Test
  void detectsNoOutageFromTheSameUnansweredInstance() {
    round(false, unanswered("1"));
    assertThat(round(false, unanswered("1"))).containsExactly("instance: UNAVAILABLE");
  }

  @Test
  void forgetsUnansweredInstancesOnceEc2Answers() {
    round(false, unanswered("1"));
    round(false, refusal("3"));
    assertThat(round(false, unanswered("2"))).containsExactly("instance: UNAVAILABLE");
    assertThat(round(true, unanswered("4")))
        .as("the target stage was answered")
        .containsExactly("instance: UNAVAILABLE");
  }

  @ParameterizedTest
  @CsvSource({"59, batch: UNAVAILABLE", "60, instance: UNAVAILABLE"})
  void remembersAnUnansweredInstanceForOneHour(long minutes, String outcome) {
    round(false, unanswered("1"));
    world.time.sleep(Duration.ofMinutes(minutes));
    assertThat(round(false, unanswered("2"))).containsExactly(outcome);
  }

  @Test
  void countsSourcesOfUnansweredTargets() {
    WantedSession one = wanted("1", POOLED);
    WantedSession two = wanted("2", POOLED);
    Failure unavailable = failure(FailureKind.UNAVAILABLE);
    assertThat(ofTargets(conclusions(false), Map.of(one.source(), unavailable)))
        .containsExactly("instance: UNAVAILABLE");
    assertThat(
            ofTargets(
                conclusions(false), Map.of(one.source(), unavailable, two.source(), unavailable)))
        .containsExactly("batch: UNAVAILABLE", "batch: UNAVAILABLE");
  }

  @Test
  void appliesTheFailureOfAPlannedTargetToItsSources() {
    assertThat(
            ofTargets(
                conclusions,
                Map.of(wanted("1", POOLED).source(), failure(FailureKind.TARGET_FULL))))
        .as("no other target is chosen for a target that was not created")
        .containsExactly("refused: target-full");
  }

  private List<String> ofTargets(Conclusions conclusions, Map<Source, Failure> withoutTarget) {
    return conclusions.ofWrites(List.of(), withoutTarget, false, memory()).values().stream()
        .map(World::word)
        .toList();
  }

  // Successes

  @Test
  void returnsCreatedOrModifiedForASuccess() {
    assertThat(round(false, success("1"), modification("2")))
        .containsExactly("created", "modified");
  }

  @Test
  void returnsWouldApplyForASuccessInADryRun() {
    Map<Source, Outcome> outcomes =
        conclusions(true)
            .ofWrites(List.of(success("1"), modification("2")), Map.of(), false, memory());
    assertThat(outcomes.values()).allMatch(Outcome.WouldApply.class::isInstance).hasSize(2);
  }

  private List<String> round(boolean targetsAnswered, Written... written) {
    WantedSession[] wanted =
        Arrays.stream(written)
            .map(each -> ((Action.Mirroring) each.action()).source().instance().value())
            .map(id -> wanted(id.substring(2), FIXED))
            .toArray(WantedSession[]::new);
    Map<Source, Outcome> outcomes =
        conclusions.ofWrites(List.of(written), Map.of(), targetsAnswered, memory(wanted));
    return Arrays.stream(wanted)
        .map(each -> word(Optional.ofNullable(outcomes.get(each.source())).orElseThrow()))
        .toList();
  }

  private ActionMemory memory(WantedSession... wanted) {
    Map<Source, WantedSession> bySource = new HashMap<>();
    Arrays.stream(wanted).forEach(each -> bySource.put(each.source(), each));
    return new ActionMemory(bySource, world.refusedTypes, world.memory);
  }

  private static Written unanswered(String name) {
    return written(name, new Answer.Failed<>(failure(FailureKind.UNAVAILABLE)), false);
  }

  private static Written refusal(String name) {
    return written(name, new Answer.Failed<>(failure(FailureKind.FILTER_NOT_FOUND)), false);
  }

  private static Written success(String name) {
    return written(name, new Answer.Got<>(new Effect.SessionChanged(ours(name, TARGET))), false);
  }

  private static Written modification(String name) {
    Session session = ours(name, TARGET);
    return new Written(
        new Action.ModifySession(
            wanted(name, FIXED).source(),
            "tags[0]",
            session.id(),
            new TargetRef.Existing(TARGET),
            FILTER),
        new Answer.Got<>(new Effect.SessionChanged(session)),
        true,
        false,
        VirtualTime.START);
  }

  private static Written written(String name, Answer<Effect> answer, boolean wasThrottled) {
    return new Written(
        new Action.CreateSession(
            wanted(name, FIXED).source(), "tags[0]", new TargetRef.Existing(TARGET), FILTER, 100),
        answer,
        true,
        wasThrottled,
        VirtualTime.START);
  }
}
