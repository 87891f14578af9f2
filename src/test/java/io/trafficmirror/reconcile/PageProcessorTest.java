package io.trafficmirror.reconcile;

import static io.trafficmirror.reconcile.World.OWNERSHIP;
import static io.trafficmirror.reconcile.World.SCOPE;
import static io.trafficmirror.reconcile.World.STREAM;
import static io.trafficmirror.reconcile.World.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.trafficmirror.event.EventParser;
import io.trafficmirror.event.MirrorEvent;
import io.trafficmirror.event.MirrorEvent.BackfillPage;
import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.Trigger;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.FakeEc2.Api;
import io.trafficmirror.run.PageRecord;
import io.trafficmirror.run.RunStep;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link PageProcessor}: pages, the turns of their run, and sweeps. */
class PageProcessorTest {

  private final World world = new World();
  private final BatchCheckpoint checkpoint = new BatchCheckpoint();
  private final RequestSet done = new RequestSet(SCOPE);

  // Pages

  @Test
  void reconcilesTheInstancesOfAPage() throws Exception {
    world.runs("1", "fixed");
    world.runs("2", "nothing");
    assertThat(process(page(0, 1, 10, ""))).isEqualTo(2);
    assertThat(world.ec2.sessions())
        .extracting(Session::tags)
        .containsExactly(OWNERSHIP.sessionTags("tags[0]", new InstanceId("i-1"), Trigger.BACKFILL));
    assertThat(world.ec2.calls(Api.INSTANCES)).as("the page already returned them").isEmpty();
  }

  @Test
  void skipsInstancesNamedByEventsOfTheBatch() throws Exception {
    world.runs("1", "fixed");
    world.runs("2", "fixed");
    done.add(
        world.record(0, new byte[0]),
        new MirrorEvent.InstanceRunning(new InstanceId("i-1"), Optional.empty()));
    assertThat(process(page(1, 1, 10, ""))).isEqualTo(1);
    assertThat(world.ec2.sessions())
        .extracting(Session::source)
        .containsExactly(new InterfaceId("eni-2"));
  }

  @Test
  void processesOnePageAndMergesTheOthers() throws Exception {
    world.runs("1", "fixed");
    PageRecord first = page(0, 1, 10, "");
    PageRecord furthest = page(1, 3, 10, "0");
    process(first, furthest);
    close();
    assertThat(world.ec2.calls(Api.PAGE)).hasSize(1);
    assertThat(world.telemetry.runs)
        .extracting(RecordingTelemetry.Run::page, RecordingTelemetry.Run::step)
        .containsExactlyInAnyOrder(
            tuple(first.page(), RunStep.MERGED), tuple(furthest.page(), RunStep.COMPLETED));
  }

  @Test
  void makesNoCallWithoutAPage() throws Exception {
    assertThat(process()).isZero();
    close();
    assertThat(world.ec2.calls()).isEmpty();
    assertThat(world.telemetry.runs).isEmpty();
  }

  // Turns

  @Test
  void putsTheNextPageUnderTheSamePartitionKey() throws Exception {
    runsSix();
    PageRecord current = page(4, 1, 5, "");
    process(current);
    assertThat(world.stream.puts).as("the next page is put last").isEmpty();
    close();
    World.Stream.Put put = world.stream.puts.getFirst();
    assertThat(put.streamArn()).isEqualTo(STREAM);
    assertThat(put.partitionKey()).isEqualTo("key-4");
    assertThat(put.data()).contains("\"account\":\"111122223333\",\"region\":\"eu-central-1\"");
    assertThat(parsed(put))
        .isEqualTo(
            new BackfillPage("run", Optional.of(VirtualTime.START), 2, 5, Optional.of("5"), 0));
    assertThat(steps()).containsExactly(RunStep.CONTINUED);
  }

  @Test
  void completesTheRunAfterItsLastPage() throws Exception {
    runsSix();
    process(page(0, 2, 5, "5"));
    close();
    assertThat(world.stream.puts).isEmpty();
    assertThat(steps()).containsExactly(RunStep.COMPLETED);
  }

  @Test
  void takesNoTurnIfThePageIsDeliveredAgain() throws Exception {
    runsSix();
    world.ec2.failNext(Api.SESSIONS, FailureKind.THROTTLED);
    process(page(2, 1, 5, ""));
    close();
    assertThat(checkpoint.checkpoint()).contains(2);
    assertThat(world.stream.puts).isEmpty();
    assertThat(world.telemetry.runs).isEmpty();
    assertThat(world.telemetry.sweeps).isEmpty();
  }

  @Test
  void takesNoTurnIfAnEarlierRecordIsDeliveredAgain() throws Exception {
    runsSix();
    process(page(2, 1, 5, ""));
    checkpoint.retryFrom(1, failure(FailureKind.THROTTLED));
    close();
    assertThat(world.stream.puts).isEmpty();
    assertThat(world.telemetry.runs).isEmpty();
  }

  @Test
  void takesItsTurnIfOnlyALaterRecordIsDeliveredAgain() throws Exception {
    runsSix();
    process(page(2, 1, 5, ""));
    checkpoint.retryFrom(3, failure(FailureKind.THROTTLED));
    close();
    assertThat(steps()).containsExactly(RunStep.CONTINUED);
  }

  @Test
  void retriesThePageIfTheNextOneCannotBePut() throws Exception {
    runsSix();
    world.stream.failures.add(FailureKind.UNAVAILABLE);
    process(page(2, 1, 5, ""));
    close();
    assertThat(checkpoint.checkpoint()).contains(2);
    assertThat(world.telemetry.batchRetries)
        .containsExactly(
            new RecordingTelemetry.BatchRetry("put-next-page", failure(FailureKind.UNAVAILABLE)));
    assertThat(world.telemetry.runs).isEmpty();
  }

  // Pages that cannot be read

  @Test
  void restartsTheRunIfItsTokenIsRefused() throws Exception {
    runsSix();
    world.ec2.failNext(Api.PAGE, FailureKind.PAGE_TOKEN_REFUSED);
    process(page(0, 2, 5, "5"));
    close();
    assertThat(parsed(world.stream.puts.getFirst()))
        .isEqualTo(
            new BackfillPage("run", Optional.of(VirtualTime.START), 1, 5, Optional.empty(), 1));
    assertThat(steps()).containsExactly(RunStep.RESTARTED);
    assertThat(checkpoint.checkpoint()).isEmpty();
  }

  @Test
  void endsTheRunIfItsFirstPageIsRefused() throws Exception {
    world.ec2.failNext(Api.PAGE, FailureKind.INVALID);
    process(page(0, 1, 5, ""));
    close();
    assertThat(steps()).containsExactly(RunStep.ENDED_EARLY);
    assertThat(world.stream.puts).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"THROTTLED, 1", "UNAVAILABLE, 1", "OUT_OF_TIME, 0", "DENIED, 1"})
  void retriesAPageAfterARetryableFailure(FailureKind kind, int batchRetries) throws Exception {
    world.ec2.failNext(Api.PAGE, kind);
    assertThat(process(page(5, 2, 5, "5"))).isZero();
    close();
    assertThat(checkpoint.checkpoint()).contains(5);
    assertThat(world.telemetry.runs).isEmpty();
    assertThat(world.telemetry.batchRetries)
        .extracting(RecordingTelemetry.BatchRetry::cause)
        .isEqualTo(Collections.nCopies(batchRetries, "observe-page"));
  }

  @ParameterizedTest
  @CsvSource({"299, false", "300, true"})
  void endsTheRunOnADenialAfterTheGracePeriod(long seconds, boolean ends) throws Exception {
    world.time.sleep(Duration.ofSeconds(seconds));
    world.ec2.failNext(Api.PAGE, FailureKind.DENIED);
    process(page(0, 2, 5, "5"));
    close();
    assertThat(steps()).isEqualTo(ends ? List.of(RunStep.ENDED_EARLY) : List.of());
    assertThat(checkpoint.checkpoint().isPresent()).isEqualTo(!ends);
  }

  // Sweeps

  @Test
  void sweepsOnlyAfterTheLastPage() throws Exception {
    runsSix();
    process(page(0, 1, 5, ""));
    close();
    assertThat(world.telemetry.sweeps).isEmpty();
    process(page(1, 2, 5, "5"));
    close();
    assertThat(world.telemetry.sweeps).hasSize(1);
  }

  @Test
  void doesNotSweepIfTheLastPageIsDeliveredAgain() throws Exception {
    process(page(1, 1, 5, ""));
    checkpoint.retryFrom(0, failure(FailureKind.THROTTLED));
    close();
    assertThat(world.telemetry.sweeps).isEmpty();
  }

  @Test
  void sweepsOnRequest() throws Exception {
    world.pages.sweep(List.of(world.record(0, new byte[0])), checkpoint, world.later());
    assertThat(world.telemetry.sweeps).hasSize(1);
  }

  @Test
  void sweepsOnceForACompletedRunAndSeveralRequests() throws Exception {
    process(page(0, 1, 5, ""));
    world.pages.takeTurn(checkpoint, world.later());
    world.pages.sweep(
        List.of(world.record(1, new byte[0]), world.record(2, new byte[0])),
        checkpoint,
        world.later());
    assertThat(world.telemetry.sweeps).hasSize(1);
  }

  @Test
  void sweepsOnlyForAnAcknowledgedRequest() throws Exception {
    checkpoint.retryFrom(1, failure(FailureKind.THROTTLED));
    world.pages.sweep(List.of(world.record(1, new byte[0])), checkpoint, world.later());
    assertThat(world.telemetry.sweeps).isEmpty();
  }

  private void runsSix() {
    List.of("1", "2", "3", "4", "5", "6").forEach(name -> world.runs(name, "fixed"));
  }

  /** A page of a run that started at {@link VirtualTime#START}; an empty token means none. */
  private PageRecord page(int position, int number, int size, String token) {
    return new PageRecord(
        world.record(position, new byte[0]),
        new BackfillPage(
            "run",
            Optional.of(VirtualTime.START),
            number,
            size,
            Optional.of(token).filter(text -> !text.isEmpty()),
            0));
  }

  private int process(PageRecord... pages) throws Exception {
    return world.pages.process(
        List.of(pages), done, checkpoint, world.launches, world.later(), world.later());
  }

  /** The last steps of a batch. */
  private void close() throws Exception {
    world.pages.takeTurn(checkpoint, world.later());
    world.pages.sweep(List.of(), checkpoint, world.later());
    checkpoint.publishAcknowledged();
  }

  private List<RunStep> steps() {
    return world.telemetry.runs.stream().map(RecordingTelemetry.Run::step).toList();
  }

  private static MirrorEvent parsed(World.Stream.Put put) {
    return EventParser.parse(put.data().getBytes(StandardCharsets.UTF_8), SCOPE.account());
  }
}
