package io.trafficmirror.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.FilterId;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.SessionId;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.mirror.Source;
import io.trafficmirror.mirror.SubnetId;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.mirror.TargetRef;
import io.trafficmirror.mirror.Trigger;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.FakeEc2;
import io.trafficmirror.port.FakeEc2.Api;
import io.trafficmirror.port.StreamRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Writer} and the {@link WriteRun} behind it: order, pacing, retries and results. */
class WriterTest {

  private static final Scope SCOPE = new Scope("111122223333", "eu-central-1");
  private static final Ownership OWNERSHIP = new Ownership("prod");
  private static final TargetId TARGET = new TargetId("tmt-1");
  private static final FilterId FILTER = new FilterId("tmf-1");
  private static final Pool POOL =
      new Pool("prod", "c5.large", "ami-1", List.of("sg-1"), new SubnetId("subnet-1"));
  private static final Slot SLOT = new Slot(POOL.digest(), 2, 1);
  private static final InterfaceId MEMBER_ENI = new InterfaceId("eni-member");
  private static final InstanceId MEMBER = new InstanceId("i-member");
  private static final WriteCause CAUSE =
      new WriteCause(
          Trigger.FINDING,
          new StreamRecord(
              0, "arn:stream", "shardId-0", "4711", "i-1", VirtualTime.START, new byte[0]));

  /** Writes take no time unless a test uses other threads. */
  private final VirtualThreads threads = new VirtualThreads(Duration.ZERO);

  private final FakeEc2 ec2 = new FakeEc2(threads);
  private final Writer writer = new Writer(ec2, OWNERSHIP, threads, threads, 1);

  // Order and concurrency

  @Test
  void startsWritesInTheOrderOfTheActions() throws Exception {
    apply(creates(20));
    assertThat(ec2.calls(Api.CREATE_SESSION))
        .extracting(FakeEc2.Call::resource)
        .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(i -> "eni-" + i).toList());
  }

  @Test
  void keepsTheOrderAcrossApis() throws Exception {
    apply(List.of(tag(0), create(1), modify(2), create(3), untag(4), tag(5)));
    assertThat(ec2.calls())
        .extracting(FakeEc2.Call::resource)
        .containsExactly("tms-0", "eni-1", "tms-2", "eni-3", "tms-4", "tms-5");
  }

  @ParameterizedTest
  @CsvSource({"1, 12", "3, 4", "4, 3", "12, 1", "50, 1"})
  void neverExceedsTheInFlightLimit(int limit, int seconds) throws Exception {
    VirtualThreads slow = new VirtualThreads(Duration.ofSeconds(1));
    new Writer(ec2, OWNERSHIP, slow, slow, limit)
        .apply(creates(12), WriterTest::caused, WriteMemory.NONE, in(slow, Duration.ofMinutes(10)));
    assertThat(slow.maxConcurrent()).isEqualTo(Math.min(limit, 12));
    assertThat(slow.elapsed()).hasSeconds(seconds);
  }

  @Test
  void returnsResultsInTheOrderOfTheActions() throws Exception {
    ec2.failNext(Api.CREATE_SESSION, FailureKind.UNAVAILABLE);
    List<Action.CreateSession> actions = creates(3);
    List<Written> results = apply(actions);
    assertThat(results).extracting(Written::action).containsExactlyElementsOf(actions);
    assertThat(results.getFirst().at()).isAfter(results.getLast().at());
  }

  @Test
  void returnsNoResultsForNoActions() throws Exception {
    assertThat(apply(List.of())).isEmpty();
    assertThat(ec2.calls()).isEmpty();
  }

  // Throttles

  @Test
  void retriesAThrottledWriteUntilEc2AcceptsIt() throws Exception {
    ec2.failNext(Api.CREATE_SESSION, repeated(FailureKind.THROTTLED, 9));
    Written result = apply(creates(1)).getFirst();
    assertThat(result.answer()).isInstanceOf(Answer.Got.class);
    assertThat(result.wasThrottled()).isTrue();
    assertThat(ec2.sessions()).hasSize(1);
  }

  @Test
  void slowsOnlyTheApiThatThrottles() throws Exception {
    ec2.failNext(Api.CREATE_SESSION, FailureKind.THROTTLED);
    apply(List.of(create(0), create(1), tag(2), modify(3), tag(4), untag(5)));
    assertThat(millis(Api.TAG, Api.UNTAG, Api.MODIFY_SESSION)).containsExactly(0L, 0L, 0L, 0L);
    assertThat(millis(Api.CREATE_SESSION))
        .as("a pause of half a second, then about the documented five writes a second")
        .containsExactly(0L, 700L, 899L);
  }

  @Test
  void remembersTheRateOfAnApiForLaterCalls() throws Exception {
    ec2.failNext(Api.CREATE_SESSION, FailureKind.THROTTLED);
    apply(creates(1));
    apply(creates(1));
    assertThat(millis(Api.CREATE_SESSION)).containsExactly(0L, 700L, 899L);
  }

  @Test
  void recordsAThrottleBeforeTheNextWriteStarts() throws Exception {
    VirtualTime time = new VirtualTime();
    FakeEc2 atOnce = new FakeEc2(time);
    atOnce.failNext(Api.CREATE_SESSION, FailureKind.THROTTLED);
    new Writer(atOnce, OWNERSHIP, time, Runnable::run, 2)
        .apply(
            creates(2),
            WriterTest::caused,
            WriteMemory.NONE,
            new Deadline(VirtualTime.START.plusSeconds(60), time));
    assertThat(atOnce.calls().get(1).at()).isEqualTo(VirtualTime.START.plusMillis(700));
  }

  @Test
  void measuresTheRateFromTheWritesThatEc2Served() throws Exception {
    ec2.failNext(Api.CREATE_SESSION, FailureKind.THROTTLED);
    apply(creates(20));
    ec2.failNext(Api.CREATE_SESSION, FailureKind.THROTTLED);
    apply(creates(1));
    List<Long> last = millis(Api.CREATE_SESSION).subList(21, 23);
    assertThat(last.get(1) - last.get(0))
        .as("a pause of 2,000 ms and 200 ms for one write; 2,400 ms in total at half the rate")
        .isBetween(2_180L, 2_220L);
  }

  @Test
  void yieldsToOtherWritesOfTheApiAfterFourThrottlesInARow() throws Exception {
    ec2.failNext(Api.CREATE_SESSION, repeated(FailureKind.THROTTLED, 4));
    apply(creates(2));
    assertThat(ec2.calls(Api.CREATE_SESSION))
        .extracting(FakeEc2.Call::resource)
        .containsExactly("eni-0", "eni-0", "eni-0", "eni-0", "eni-1", "eni-0");
  }

  /** The pacer is slow after four throttles, so only a few later writes go first. */
  @Test
  void resumesAThrottledWriteBeforeMostLaterOnes() throws Exception {
    ec2.failNext(Api.CREATE_SESSION, repeated(FailureKind.THROTTLED, 4));
    apply(creates(40));
    List<String> started =
        ec2.calls(Api.CREATE_SESSION).stream().map(FakeEc2.Call::resource).toList();
    assertThat(started).hasSize(44);
    assertThat(started.lastIndexOf("eni-0")).isBetween(5, 8);
  }

  @Test
  void makesAllOtherWritesWhileEc2ThrottlesOnlyOne() throws Exception {
    ec2.throttle("eni-0");
    List<Written> written = apply(creates(40));
    assertThat(kind(written.getFirst())).contains(FailureKind.THROTTLED);
    assertThat(written.subList(1, 40)).allMatch(each -> failure(each).isEmpty());
    assertThat(written.getLast().at()).isBefore(VirtualTime.START.plusSeconds(180));
  }

  @Test
  void aSingleThrottledWriteDoesNotPauseForOthers() throws Exception {
    ec2.failNext(Api.CREATE_SESSION, repeated(FailureKind.THROTTLED, 5));
    apply(creates(1));
    List<Long> starts = millis(Api.CREATE_SESSION);
    assertThat(starts.get(4) - starts.get(3)).isLessThan(starts.get(5) - starts.get(4));
  }

  @Test
  void resumesAPausedWriteInTimeWhileAnotherApiPauses() throws Exception {
    ec2.failNext(Api.CREATE_SESSION, FailureKind.THROTTLED);
    ec2.failNext(Api.MODIFY_SESSION, FailureKind.UNAVAILABLE);
    apply(List.of(create(0), modify(1)));
    assertThat(millis(Api.CREATE_SESSION)).containsExactly(0L, 700L);
    assertThat(millis(Api.MODIFY_SESSION)).containsExactly(0L, 200L);
  }

  @Test
  void marksAWriteAsThrottledWhateverAnswerFollows() throws Exception {
    ec2.failNext(Api.CREATE_SESSION, FailureKind.THROTTLED, FailureKind.UNAVAILABLE);
    assertThat(apply(creates(2))).extracting(Written::wasThrottled).containsExactly(true, false);
  }

  // Missing answers

  @ParameterizedTest
  @CsvSource({"1, 200", "2, 600"})
  void retriesAWriteWithoutAnAnswer(int unanswered, long millis) throws Exception {
    ec2.failNext(Api.CREATE_SESSION, repeated(FailureKind.UNAVAILABLE, unanswered));
    assertThat(apply(creates(1)).getFirst().answer()).isInstanceOf(Answer.Got.class);
    assertThat(threads.elapsed()).hasMillis(millis);
  }

  @Test
  void stopsAfterThreeAttemptsWithoutAnAnswer() throws Exception {
    ec2.failNext(Api.CREATE_SESSION, repeated(FailureKind.UNAVAILABLE, 3));
    Written result = apply(creates(1)).getFirst();
    assertThat(kind(result)).contains(FailureKind.UNAVAILABLE);
    assertThat(result.wasSent()).isTrue();
    assertThat(result.isDecided()).isFalse();
    assertThat(millis(Api.CREATE_SESSION)).containsExactly(0L, 200L, 600L);
  }

  @Test
  void makesOtherWritesDuringAPause() throws Exception {
    ec2.failNext(Api.CREATE_SESSION, FailureKind.UNAVAILABLE);
    apply(creates(3));
    assertThat(ec2.calls(Api.CREATE_SESSION))
        .extracting(FakeEc2.Call::resource)
        .containsExactly("eni-0", "eni-1", "eni-2", "eni-0");
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"THROTTLED", "UNAVAILABLE"})
  void doesNotRetryAnyOtherFailureOfASession(FailureKind kind) throws Exception {
    ec2.failNext(Api.CREATE_SESSION, kind);
    Written result = apply(creates(1)).getFirst();
    assertThat(kind(result)).contains(kind);
    assertThat(result.wasSent()).isTrue();
    assertThat(ec2.calls()).hasSize(1);
  }

  // Interfaces that EC2 does not know yet

  @ParameterizedTest
  @CsvSource({"1, 500", "2, 1500", "3, 3500", "4, 7500"})
  void retriesANewTargetWithGrowingPausesUntilItsInterfaceIsKnown(int unknown, long millis)
      throws Exception {
    ec2.failNext(Api.CREATE_TARGET, repeated(FailureKind.NOT_VISIBLE_YET, unknown));
    assertThat(applyOne(createTarget()).answer()).isInstanceOf(Answer.Got.class);
    assertThat(threads.elapsed()).hasMillis(millis);
  }

  @Test
  void stopsAfterFiveAttemptsWithAnUnknownInterface() throws Exception {
    ec2.failNext(Api.CREATE_TARGET, repeated(FailureKind.NOT_VISIBLE_YET, 5));
    assertThat(kind(applyOne(createTarget()))).contains(FailureKind.NOT_VISIBLE_YET);
    assertThat(millis(Api.CREATE_TARGET)).containsExactly(0L, 500L, 1_500L, 3_500L, 7_500L);
  }

  @Test
  void doesNotRetryASessionOnAnUnknownInterface() throws Exception {
    ec2.failNext(Api.CREATE_SESSION, FailureKind.NOT_VISIBLE_YET);
    ec2.failNext(Api.MODIFY_SESSION, FailureKind.NOT_VISIBLE_YET);
    List<Written> results = apply(List.of(create(0), modify(1)));
    assertThat(results)
        .allSatisfy(result -> assertThat(kind(result)).contains(FailureKind.NOT_VISIBLE_YET));
    assertThat(ec2.calls()).hasSize(2);
    assertThat(threads.elapsed()).isZero();
  }

  // The deadline

  @ParameterizedTest
  @CsvSource({"0, 0", "999, 0", "1000, 1", "1999, 1", "2000, 2", "4500, 4", "60000, 5"})
  void startsAWriteOnlyIfASecondIsLeft(long millis, int started) throws Exception {
    VirtualThreads slow = new VirtualThreads(Duration.ofSeconds(1));
    List<Written> results =
        new Writer(ec2, OWNERSHIP, slow, slow, 1)
            .apply(
                creates(5),
                WriterTest::caused,
                WriteMemory.NONE,
                in(slow, Duration.ofMillis(millis)));
    assertThat(ec2.sessions()).hasSize(started);
    assertThat(results.subList(0, started))
        .allSatisfy(result -> assertThat(result.answer()).isInstanceOf(Answer.Got.class));
    assertThat(results.subList(started, 5))
        .allSatisfy(result -> assertThat(kind(result)).contains(FailureKind.OUT_OF_TIME))
        .noneMatch(Written::wasSent)
        .noneMatch(Written::isDecided);
  }

  @Test
  void awaitsAStartedWritePastTheDeadline() throws Exception {
    VirtualThreads slow = new VirtualThreads(Duration.ofSeconds(20));
    Written result =
        new Writer(ec2, OWNERSHIP, slow, slow, 1)
            .apply(
                creates(1), WriterTest::caused, WriteMemory.NONE, in(slow, Duration.ofSeconds(2)))
            .getFirst();
    assertThat(result.answer()).isInstanceOf(Answer.Got.class);
    assertThat(result.at()).isEqualTo(VirtualTime.START.plusSeconds(20));
  }

  @Test
  void distinguishesThrottledWritesFromWritesNotStarted() throws Exception {
    ec2.failNext(Api.CREATE_SESSION, repeated(FailureKind.THROTTLED, 100));
    List<Written> results =
        writer.apply(
            creates(3),
            WriterTest::caused,
            WriteMemory.NONE,
            in(threads, Duration.ofMillis(2_500)));
    assertThat(results.stream().map(WriterTest::kind).flatMap(Optional::stream))
        .containsExactly(FailureKind.THROTTLED, FailureKind.OUT_OF_TIME, FailureKind.OUT_OF_TIME);
    assertThat(results).extracting(Written::wasThrottled).containsExactly(true, false, false);
    assertThat(threads.elapsed())
        .as("no wait beyond the last possible start")
        .isLessThan(Duration.ofMillis(1_502));
  }

  @Test
  void doesNotRetryAWriteThatIsPausedAtTheDeadline() throws Exception {
    ec2.failNext(Api.CREATE_TARGET, repeated(FailureKind.NOT_VISIBLE_YET, 5));
    Written result =
        writer.apply(createTarget(), WriteMemory.NONE, in(threads, Duration.ofSeconds(3)));
    assertThat(kind(result)).as("the last answer").contains(FailureKind.NOT_VISIBLE_YET);
    assertThat(millis(Api.CREATE_TARGET)).containsExactly(0L, 500L, 1_500L);
    assertThat(threads.elapsed())
        .as("no wait for the pause to end")
        .isLessThan(Duration.ofMillis(2_002));
  }

  /** Socket timeouts use up the time of a target action before its third attempt. */
  @Test
  void reportsATargetWithoutAnyAnswerAsUnavailableNotOutOfTime() throws Exception {
    VirtualThreads slow = new VirtualThreads(Duration.ofSeconds(8));
    ec2.failNext(Api.CREATE_TARGET, repeated(FailureKind.UNAVAILABLE, 5));
    Written result =
        new Writer(ec2, OWNERSHIP, slow, slow, 1)
            .apply(createTarget(), WriteMemory.NONE, in(slow, Duration.ofSeconds(16)));
    assertThat(kind(result)).contains(FailureKind.UNAVAILABLE);
    assertThat(ec2.calls(Api.CREATE_TARGET)).hasSizeLessThan(WriteRun.MAX_ATTEMPTS);
  }

  @Test
  void namesTheResourceOfAWriteThatIsNotStarted() throws Exception {
    List<Written> results =
        writer.apply(
            List.of(create(7), createTarget()),
            WriterTest::caused,
            WriteMemory.NONE,
            in(threads, Duration.ZERO));
    assertThat(failure(results.get(0)).orElseThrow().message()).contains("eni-7 of i-7");
    assertThat(failure(results.get(1)).orElseThrow().message()).contains("eni-member");
  }

  // Defects

  @Test
  void reportsADefectAsAFailureAndContinues() throws Exception {
    ec2.throwNext(Api.CREATE_SESSION, new IllegalStateException("no such thing"));
    List<Written> results = apply(creates(3));
    assertThat(failure(results.getFirst()).orElseThrow())
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
              assertThat(failure.code()).isEqualTo("IllegalStateException");
              assertThat(failure.message()).contains("eni-0", "no such thing");
            });
    assertThat(ec2.sessions())
        .extracting(session -> session.source().value())
        .containsExactly("eni-1", "eni-2");
  }

  @Test
  void treatsADeadThreadAsNoAnswer() throws Exception {
    ec2.throwNext(Api.CREATE_SESSION, new StackOverflowError());
    assertThat(apply(creates(1)).getFirst().answer()).isInstanceOf(Answer.Got.class);
    assertThat(millis(Api.CREATE_SESSION)).containsExactly(0L, 200L);
  }

  // Remembered answers

  @Test
  void doesNotSendAWriteWithAKnownFailure() throws Exception {
    Remembered memory = new Remembered();
    memory.failures.put(create(1), FailureKind.UNSUPPORTED_SOURCE);
    List<Written> results = writer.apply(creates(3), WriterTest::caused, memory, soon());
    assertThat(results).extracting(Written::wasSent).containsExactly(true, false, true);
    assertThat(kind(results.get(1))).contains(FailureKind.UNSUPPORTED_SOURCE);
    assertThat(results.get(1).isDecided()).isFalse();
    assertThat(ec2.calls(Api.CREATE_SESSION))
        .extracting(FakeEc2.Call::resource)
        .containsExactly("eni-0", "eni-2");
  }

  @Test
  void consultsTheMemoryImmediatelyBeforeEachStart() throws Exception {
    Remembered memory = new Remembered();
    memory.onRecord = () -> memory.failures.put(create(1), FailureKind.TARGET_FULL);
    List<Written> results = writer.apply(creates(3), WriterTest::caused, memory, soon());
    assertThat(results).extracting(Written::wasSent).containsExactly(true, false, true);
  }

  @Test
  void recordsFinalAnswersOnly() throws Exception {
    Remembered memory = new Remembered();
    memory.failures.put(create(2), FailureKind.UNSUPPORTED_SOURCE);
    ec2.failNext(
        Api.CREATE_SESSION,
        FailureKind.THROTTLED,
        FailureKind.UNAVAILABLE,
        FailureKind.TARGET_FULL);
    writer.apply(creates(4), WriterTest::caused, memory, soon());
    assertThat(memory.recorded)
        .as("0 was throttled, then unanswered, then accepted; 2 was never sent")
        .containsExactlyInAnyOrder("eni-0 made", "eni-1 TARGET_FULL", "eni-3 made");
  }

  // The ten kinds of action

  static Stream<Arguments> actions() {
    return Stream.of(
        Arguments.of(
            new Action.LaunchTarget(SCOPE, POOL, SLOT),
            Api.LAUNCH,
            POOL.digest(),
            ApiBucket.RUN_INSTANCES),
        Arguments.of(createTarget(), Api.CREATE_TARGET, "eni-member", ApiBucket.CREATE_TARGET),
        Arguments.of(
            new Action.TagTarget(SCOPE, TARGET, Map.of("k", "v")),
            Api.TAG,
            "tmt-1",
            ApiBucket.CREATE_TAGS),
        Arguments.of(
            new Action.DeleteTarget(SCOPE, TARGET),
            Api.DELETE_TARGET,
            "tmt-1",
            ApiBucket.DELETE_TARGET),
        Arguments.of(
            new Action.TerminateTarget(SCOPE, MEMBER),
            Api.TERMINATE,
            "i-member",
            ApiBucket.TERMINATE_INSTANCES),
        Arguments.of(create(7), Api.CREATE_SESSION, "eni-7", ApiBucket.CREATE_SESSION),
        Arguments.of(modify(7), Api.MODIFY_SESSION, "tms-7", ApiBucket.MODIFY_SESSION),
        Arguments.of(tag(7), Api.TAG, "tms-7", ApiBucket.CREATE_TAGS),
        Arguments.of(untag(7), Api.UNTAG, "tms-7", ApiBucket.DELETE_TAGS),
        Arguments.of(
            new Action.DeleteSession(source(7), id(7)),
            Api.DELETE_SESSION,
            "tms-7",
            ApiBucket.DELETE_SESSION));
  }

  @ParameterizedTest
  @MethodSource("actions")
  void makesOneCallForAnAction(Action action, Api api, String resource, ApiBucket bucket)
      throws Exception {
    Written result = apply(List.of(action)).getFirst();
    assertThat(ec2.calls()).containsExactly(new FakeEc2.Call(VirtualTime.START, api, resource));
    assertThat(result.action()).isEqualTo(action);
    assertThat(result.wasSent()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("actions")
  void pacesAnActionByTheRateOfItsApi(Action action, Api api, String resource, ApiBucket bucket)
      throws Exception {
    assertThat(ApiBucket.of(action)).isEqualTo(bucket);
    ec2.failNext(api, FailureKind.THROTTLED);
    apply(List.of(action));
    assertThat(threads.elapsed())
        .isEqualTo(
            WritePacer.FIRST_PAUSE.plusNanos((long) Math.ceil(1e9 / bucket.refillPerSecond())));
  }

  @Test
  void coversEveryKindOfAction() {
    Set<Class<?>> inTheTable =
        actions().map(each -> each.get()[0].getClass()).collect(Collectors.toSet());
    assertThat(inTheTable).isEqualTo(kindsOf(Action.class).collect(Collectors.toSet()));
  }

  private static Stream<Class<?>> kindsOf(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Arrays.stream(type.getPermittedSubclasses()).flatMap(WriterTest::kindsOf);
  }

  // Contents of the calls

  @ParameterizedTest
  @EnumSource(Trigger.class)
  void createsASessionWithTagsAndTheTokenOfTheRecord(Trigger trigger) throws Exception {
    WriteCause cause = new WriteCause(trigger, CAUSE.record());
    Map<String, String> tags = OWNERSHIP.sessionTags("tags[0]", new InstanceId("i-7"), trigger);
    Written result =
        writer
            .apply(List.of(create(7)), each -> Optional.of(cause), WriteMemory.NONE, soon())
            .getFirst();
    Session created =
        new Session(
            new SessionId(
                ec2.createdWith(ClientTokens.of(create(7), tags, CAUSE.record())).orElseThrow()),
            new InterfaceId("eni-7"),
            TARGET,
            FILTER,
            100,
            tags);
    assertThat(ec2.sessions()).containsExactly(created);
    assertThat(result.answer()).isEqualTo(new Answer.Got<>(new Effect.SessionChanged(created)));
  }

  @Test
  void createsNoSecondSessionForTheSameRecord() throws Exception {
    apply(creates(1));
    apply(creates(1));
    assertThat(ec2.sessions()).hasSize(1);
  }

  @Test
  void modifiesASessionInPlace() throws Exception {
    ec2.add(session(3, Map.of("k", "v")));
    Written result = applyOne(modify(3));
    Session modified =
        new Session(id(3), new InterfaceId("eni-3"), TARGET, FILTER, 7, Map.of("k", "v"));
    assertThat(ec2.sessions()).containsExactly(modified);
    assertThat(result.answer()).isEqualTo(new Answer.Got<>(new Effect.SessionChanged(modified)));
  }

  @Test
  void addsAndRemovesTagsOfASession() throws Exception {
    ec2.add(session(3, Map.of("k", "old", "kept", "yes")));
    assertThat(applyOne(tag(3)).answer()).isEqualTo(new Answer.Got<>(new Effect.Done()));
    assertThat(ec2.session(id(3)).tags()).isEqualTo(Map.of("k", "v", "kept", "yes"));
    assertThat(applyOne(untag(3)).answer()).isEqualTo(new Answer.Got<>(new Effect.Done()));
    assertThat(ec2.session(id(3)).tags()).isEqualTo(Map.of("kept", "yes"));
  }

  @Test
  void launchesAnInstanceWithTagsAndTokenOfTheSlot() throws Exception {
    Written result = applyOne(new Action.LaunchTarget(SCOPE, POOL, SLOT));
    PoolMember launched = ec2.members().getFirst();
    assertThat(launched.pool()).isEqualTo(POOL.digest());
    assertThat(launched.slot()).contains(SLOT);
    assertThat(ec2.createdWith(SLOT.launchToken())).contains(launched.id().value());
    assertThat(result.answer()).isEqualTo(new Answer.Got<>(new Effect.InstanceLaunched(launched)));
  }

  @Test
  void createsATargetWithTagsOfTheSlotAndTokenOfTheInterface() throws Exception {
    Written result = applyOne(createTarget());
    MirrorTarget created = ec2.targets().getFirst();
    assertThat(created.networkInterface()).contains(MEMBER_ENI);
    assertThat(created.tags()).isEqualTo(OWNERSHIP.slotTags(SLOT));
    assertThat(ec2.createdWith(Slot.targetToken(MEMBER_ENI))).contains(created.id().value());
    assertThat(result.answer()).isEqualTo(new Answer.Got<>(new Effect.TargetCreated(created)));
  }

  @Test
  void deletesASession() throws Exception {
    ec2.add(session(3, Map.of()));
    assertThat(applyOne(new Action.DeleteSession(source(3), id(3))).answer())
        .isEqualTo(new Answer.Got<>(new Effect.Done()));
    assertThat(ec2.sessions()).isEmpty();
  }

  @Test
  void tagsAndDeletesATargetAndTerminatesItsInstance() throws Exception {
    ec2.add(new MirrorTarget(TARGET, Optional.of(MEMBER_ENI), Map.of()));
    ec2.add(
        new PoolMember(
            MEMBER,
            InstanceState.RUNNING,
            "c5.large",
            POOL.digest(),
            Optional.of(SLOT),
            Optional.of(MEMBER_ENI),
            Optional.of(VirtualTime.START)));
    applyOne(new Action.TagTarget(SCOPE, TARGET, Map.of("k", "v")));
    assertThat(ec2.targets().getFirst().tags()).containsExactly(Map.entry("k", "v"));
    applyOne(new Action.DeleteTarget(SCOPE, TARGET));
    assertThat(ec2.targets()).isEmpty();
    applyOne(new Action.TerminateTarget(SCOPE, MEMBER));
    assertThat(ec2.members()).isEmpty();
  }

  // Helpers

  private static Optional<WriteCause> caused(Action action) {
    return action instanceof Action.CreateSession ? Optional.of(CAUSE) : Optional.empty();
  }

  /** Returns the failures that a test sets, and lists the recorded answers. */
  private static final class Remembered implements WriteMemory {
    private final Map<Action, FailureKind> failures = new HashMap<>();
    private final List<String> recorded = new ArrayList<>();
    private Runnable onRecord = () -> {};

    @Override
    public Optional<Failure> knownFailure(Action action) {
      return Optional.ofNullable(failures.get(action))
          .map(kind -> new Failure(kind, "remembered", "from an earlier call"));
    }

    @Override
    public void record(Action action, Answer<Effect> answer) {
      String source = ((Action.OnSession) action).source().networkInterface().value();
      recorded.add(
          switch (answer) {
            case Answer.Got<Effect> ignored -> source + " made";
            case Answer.Failed<Effect>(Failure failure) -> source + " " + failure.kind();
          });
      onRecord.run();
    }
  }

  private List<Written> apply(List<? extends Action> actions) throws InterruptedException {
    return writer.apply(actions, WriterTest::caused, WriteMemory.NONE, soon());
  }

  private Written applyOne(Action action) throws InterruptedException {
    return writer.apply(action, WriteMemory.NONE, soon());
  }

  private Deadline soon() {
    return in(threads, Duration.ofMinutes(10));
  }

  private static Deadline in(VirtualThreads threads, Duration duration) {
    return new Deadline(threads.now().plus(duration), threads);
  }

  private static Optional<Failure> failure(Written result) {
    return result.answer() instanceof Answer.Failed<Effect>(Failure failure)
        ? Optional.of(failure)
        : Optional.empty();
  }

  private static Optional<FailureKind> kind(Written result) {
    return failure(result).map(Failure::kind);
  }

  private static FailureKind[] repeated(FailureKind kind, int times) {
    return Collections.nCopies(times, kind).toArray(FailureKind[]::new);
  }

  /** The times of the calls to some methods, in milliseconds from the start. */
  private List<Long> millis(Api... apis) {
    return ec2.calls().stream()
        .filter(call -> List.of(apis).contains(call.api()))
        .map(call -> Duration.between(VirtualTime.START, call.at()).toMillis())
        .toList();
  }

  private static Source source(int number) {
    return new Source(SCOPE, new InstanceId("i-" + number), new InterfaceId("eni-" + number));
  }

  private static SessionId id(int number) {
    return new SessionId("tms-" + number);
  }

  private static Session session(int number, Map<String, String> tags) {
    return new Session(
        id(number),
        new InterfaceId("eni-" + number),
        new TargetId("tmt-old"),
        new FilterId("tmf-old"),
        7,
        tags);
  }

  private static List<Action.CreateSession> creates(int count) {
    return IntStream.range(0, count).mapToObj(WriterTest::create).toList();
  }

  private static Action.CreateSession create(int number) {
    return new Action.CreateSession(
        source(number), "tags[0]", new TargetRef.Existing(TARGET), FILTER, 100);
  }

  private static Action.ModifySession modify(int number) {
    return new Action.ModifySession(
        source(number), "tags[0]", id(number), new TargetRef.Existing(TARGET), FILTER);
  }

  private static Action.TagSession tag(int number) {
    return new Action.TagSession(source(number), id(number), Map.of("k", "v"));
  }

  private static Action.UntagSession untag(int number) {
    return new Action.UntagSession(source(number), id(number), Set.of("k"));
  }

  private static Action.CreateTarget createTarget() {
    return new Action.CreateTarget(
        SCOPE, new TargetRef.OfSlot(SLOT), SLOT, Optional.of(MEMBER_ENI));
  }
}
