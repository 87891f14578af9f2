package io.trafficmirror.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventSourceMappingTest {

  private static final MappingSettings ONE_LANE =
      MappingSettings.defaults().withParallelizationFactor(1);

  private final MovableClock clock = MovableClock.atNoon();
  private final EmbeddedAws aws =
      EmbeddedAws.inProcess(EmbeddedOptions.defaults().withClock(clock));
  private final ScriptedFunction function = new ScriptedFunction();

  @Test
  void deliversRecordsInOrderInBatchesOfAtMostTheBatchSize() {
    put(5);
    EventSourceMapping mapping = mapping(ONE_LANE.withBatchSize(2));

    assertThat(mapping.drain(10)).isEqualTo(3);
    assertThat(function.batches())
        .containsExactly(List.of("r0", "r1"), List.of("r2", "r3"), List.of("r4"));
    assertThat(mapping.idle()).isTrue();
  }

  @Test
  void invokesTheFunctionOncePerLaneAndRound() {
    put(5);
    EventSourceMapping mapping = mapping(ONE_LANE.withBatchSize(2));

    assertThat(mapping.runOnce()).isEqualTo(1);
    assertThat(mapping.idle()).isFalse();
    assertThat(mapping.runOnce()).isEqualTo(1);
    assertThat(function.batches()).hasSize(2);
  }

  @Test
  void anIncompleteBatchWaitsForTheBatchingWindow() {
    put(1);
    EventSourceMapping mapping =
        mapping(ONE_LANE.withBatchSize(3).withBatchingWindow(Duration.ofSeconds(5)));

    assertThat(mapping.runOnce()).isZero();
    clock.move(Duration.ofMillis(4999));
    assertThat(mapping.drain(1)).isZero();
    assertThat(mapping.idle()).isFalse();
    clock.move(Duration.ofMillis(1));
    assertThat(mapping.runOnce()).isEqualTo(1);
  }

  @Test
  void aFullBatchDoesNotWaitForTheBatchingWindow() {
    put(3);

    assertThat(
            mapping(ONE_LANE.withBatchSize(3).withBatchingWindow(Duration.ofSeconds(5))).runOnce())
        .isEqualTo(1);
  }

  @Test
  void limitsEventsToSixMebibytes() {
    aws.kinesis().createStream("s", 1);
    for (int i = 0; i < 8; i++) {
      aws.kinesis().put("s", "k", new byte[1_000_000]);
    }
    mapping(ONE_LANE).drain(10);

    assertThat(function.eventSizes).hasSize(2).allMatch(size -> size <= 6 << 20);
    assertThat(function.batches()).extracting(List::size).containsExactly(4, 4);
  }

  @Test
  void retriesFromTheReturnedNumberBeforeNewerRecords() {
    put(4);
    EventSourceMapping mapping = mapping(ONE_LANE.withBatchSize(3));
    function.returnFailuresNext("r1");

    mapping.drain(10);

    assertThat(function.batches())
        .containsExactly(List.of("r0", "r1", "r2"), List.of("r1", "r2"), List.of("r3"));
  }

  @Test
  void retriesFromTheNumericallyLowestNumberInAnyOrder() {
    put(12);
    EventSourceMapping mapping = mapping(ONE_LANE);
    List<String> numbers =
        aws.kinesis().records("s").stream().map(StoredRecord::sequenceNumber).toList();
    int longer =
        IntStream.range(1, 12)
            .filter(i -> numbers.get(i).length() > numbers.get(i - 1).length())
            .findFirst()
            .orElseThrow();
    function.returnFailuresNext("r" + longer, "r" + (longer - 1));

    mapping.runOnce();

    assertThat(mapping.deliveries().getFirst().outcome())
        .isEqualTo("from " + numbers.get(longer - 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "{}", "{\"batchItemFailures\":null}", "{\"batchItemFailures\":[]}"})
  void anEmptyResponseMeansSuccess(String answer) {
    put(2);
    function.returnNext(answer);
    EventSourceMapping mapping = mapping(ONE_LANE);

    assertThat(mapping.drain(1)).isEqualTo(1);
    assertThat(mapping.deliveries()).extracting(Delivered::outcome).containsExactly("ok");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
        "{\"batchItemFailures\":[{\"identifier\":\"1\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"12345\"}]}",
        "{\"batchItemFailures\":7}",
        "nonsense"
      })
  void aResponseWithoutAKnownNumberFailsTheWholeBatch(String answer) {
    put(2);
    function.returnNext(answer);
    EventSourceMapping mapping = mapping(ONE_LANE.withBisectOnError(false));

    mapping.drain(2);

    assertThat(function.batches()).containsExactly(List.of("r0", "r1"), List.of("r0", "r1"));
    assertThat(mapping.deliveries().getFirst().outcome()).startsWith("failed Invalid");
  }

  @Test
  void ignoresResponsesWithoutReportBatchItemFailures() {
    put(2);
    function.returnFailuresNext("r0");

    assertThat(mapping(ONE_LANE.withReportBatchItemFailures(false)).drain(1)).isEqualTo(1);
  }

  @Test
  void bisectsAFailedBatchAndDeliversTheFirstHalfFirst() {
    put(5);
    function.failNext(2);

    mapping(ONE_LANE.withBatchSize(4)).drain(10);

    assertThat(function.batches())
        .containsExactly(
            List.of("r0", "r1", "r2", "r3"),
            List.of("r0", "r1"),
            List.of("r0"),
            List.of("r1"),
            List.of("r2", "r3"),
            List.of("r4"));
  }

  @Test
  void splitsAtTheNumberOfAPartialResponseInsteadOfBisecting() {
    put(4);
    function.returnFailuresNext("r1");
    function.returnFailuresNext("r1");

    mapping(ONE_LANE).drain(10);

    assertThat(function.batches())
        .containsExactly(
            List.of("r0", "r1", "r2", "r3"), List.of("r1", "r2", "r3"), List.of("r1", "r2", "r3"));
  }

  @Test
  void anErrorThrownByTheFunctionFailsTheBatch() {
    put(1);
    function.throwNext(new StackOverflowError());
    EventSourceMapping mapping = mapping(ONE_LANE);

    assertThat(mapping.drain(2)).isEqualTo(2);
    assertThat(mapping.deliveries())
        .extracting(Delivered::outcome)
        .containsExactly("failed java.lang.StackOverflowError", "ok");
  }

  @Test
  void aTimeoutFailsTheBatchWhateverTheResponse() {
    put(1);
    function.runNext(() -> clock.move(Duration.ofSeconds(61)));
    EventSourceMapping mapping = mapping(ONE_LANE);

    mapping.drain(2);

    assertThat(mapping.deliveries())
        .extracting(Delivered::outcome)
        .containsExactly("failed Sandbox.Timedout", "ok");
  }

  @Test
  void passesTheTimeoutToTheFunction() {
    put(1);
    mapping(ONE_LANE.withFunctionTimeout(Duration.ofSeconds(7))).drain(1);

    assertThat(function.timeouts).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void retriesUpToTheMaximumRecordAgeButNoLonger() {
    put(2);
    EventSourceMapping mapping = mapping(ONE_LANE.withMaximumRecordAge(Duration.ofMinutes(5)));
    function.returnFailuresNext("r0");
    function.returnFailuresNext("r0");
    mapping.runOnce();
    clock.move(Duration.ofMinutes(5));

    assertThat(mapping.runOnce()).isEqualTo(1);
    assertThat(mapping.dropped()).isZero();
    clock.move(Duration.ofMillis(1));
    assertThat(mapping.runOnce()).isZero();
    assertThat(mapping.dropped()).isEqualTo(2);
    assertThat(mapping.idle()).isTrue();
  }

  @Test
  void discardsOnlyTheOldRecordsOfABatch() {
    put(2);
    clock.move(Duration.ofMinutes(4));
    aws.kinesis().put("s", "k", "young".getBytes(UTF_8));
    clock.move(Duration.ofMinutes(2));
    EventSourceMapping mapping = mapping(ONE_LANE.withMaximumRecordAge(Duration.ofMinutes(5)));

    assertThat(mapping.drain(1)).isEqualTo(1);
    assertThat(function.batches()).containsExactly(List.of("young"));
    assertThat(mapping.dropped()).isEqualTo(2);
  }

  @Test
  void discardsABatchAfterTheMaximumOfRetries() {
    put(3);
    function.failNext(100);
    EventSourceMapping mapping =
        mapping(ONE_LANE.withBisectOnError(false).withMaximumRetryAttempts(2));

    assertThat(mapping.drain(10)).isEqualTo(3);
    assertThat(mapping.dropped()).isEqualTo(3);
    assertThat(mapping.idle()).isTrue();
  }

  @Test
  void splittingDoesNotUseUpRetries() {
    put(4);
    function.failNext(3);
    EventSourceMapping mapping = mapping(ONE_LANE.withMaximumRetryAttempts(1));

    mapping.drain(20);

    assertThat(function.batches())
        .containsSubsequence(
            List.of("r0", "r1", "r2", "r3"), List.of("r0", "r1"), List.of("r0"), List.of("r0"));
    assertThat(mapping.dropped()).isZero();
  }

  @Test
  void retriesForeverWithoutALimit() {
    put(1);
    function.failNext(Integer.MAX_VALUE);

    assertThatThrownBy(() -> mapping(ONE_LANE).drain(50))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("After 51 invocations");
  }

  @Test
  void aFailingLaneDoesNotBlockOthers() {
    aws.kinesis().createStream("s", 1);
    aws.kinesis().put("s", "a", "stuck".getBytes(UTF_8));
    aws.kinesis().put("s", "b", "free".getBytes(UTF_8));
    aws.kinesis().put("s", "a", "behind".getBytes(UTF_8));
    EventSourceMapping mapping =
        mapping(MappingSettings.defaults().withBatchSize(1).withParallelizationFactor(2));
    function.alwaysFailOn("stuck");

    for (int i = 0; i < 5; i++) {
      mapping.runOnce();
    }

    assertThat(function.batches()).contains(List.of("free")).doesNotContain(List.of("behind"));
  }

  @Test
  void keepsTheOrderOfEachKey() {
    aws.kinesis().createStream("s", 2);
    for (int i = 0; i < 200; i++) {
      aws.kinesis().put("s", "key" + i % 7, ("key" + i % 7 + " " + i).getBytes(UTF_8));
    }
    function.failNext(5);
    mapping(MappingSettings.defaults().withBatchSize(5)).drain(1000);

    for (int key = 0; key < 7; key++) {
      String prefix = "key" + key + " ";
      assertThat(
              function.succeeded.stream()
                  .filter(text -> text.startsWith(prefix))
                  .map(text -> Integer.parseInt(text.substring(prefix.length()))))
          .isSorted()
          .hasSize(key < 200 % 7 ? 29 : 28);
    }
  }

  @Test
  void deliversLanesOfAShardConcurrentlyAfterStart() throws Exception {
    aws.kinesis().createStream("s", 1);
    CyclicBarrier together = new CyclicBarrier(2);
    Map<String, Boolean> met = new ConcurrentHashMap<>();
    CountDownLatch done = new CountDownLatch(2);
    LambdaFunction waits =
        (event, requestId, timeout) -> {
          await(together);
          met.put(requestId, true);
          done.countDown();
          return new LambdaFunction.Result.Returned(new byte[0]);
        };
    try (EventSourceMapping mapping =
        new EventSourceMapping(aws, "s", MappingSettings.defaults(), waits)) {
      mapping.start();
      aws.kinesis().put("s", "a", new byte[1]);
      aws.kinesis().put("s", "b", new byte[1]);

      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(mapping::runOnce).isInstanceOf(IllegalStateException.class);
    }
    assertThat(met).hasSize(2);
  }

  @Test
  void retriesAfterStartAndLosesNothing() throws Exception {
    aws.kinesis().createStream("s", 2);
    CountDownLatch done = new CountDownLatch(100);
    function.onSuccess(done::countDown);
    function.failNext(10);
    try (EventSourceMapping mapping = mapping(MappingSettings.defaults().withBatchSize(3))) {
      mapping.start();
      for (int i = 0; i < 100; i++) {
        aws.kinesis().put("s", "k" + i % 13, ("r" + i).getBytes(UTF_8));
      }
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(function.succeeded).hasSize(100).doesNotHaveDuplicates();
  }

  private EventSourceMapping mapping(MappingSettings settings) {
    return new EventSourceMapping(aws, "s", settings, function);
  }

  private void put(int records) {
    aws.kinesis().createStream("s", 1);
    List<String> texts = new ArrayList<>();
    IntStream.range(0, records).forEach(i -> texts.add("r" + i));
    texts.forEach(text -> aws.kinesis().put("s", "k", text.getBytes(UTF_8)));
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }
}
