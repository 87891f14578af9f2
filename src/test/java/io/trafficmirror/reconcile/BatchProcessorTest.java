package io.trafficmirror.reconcile;

import static io.trafficmirror.reconcile.World.OWNERSHIP;
import static io.trafficmirror.reconcile.World.POLICY;
import static io.trafficmirror.reconcile.World.SCOPE;
import static io.trafficmirror.reconcile.World.SEATS;
import static io.trafficmirror.reconcile.World.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.event.MirrorEvent;
import io.trafficmirror.event.MirrorEvent.BackfillPage;
import io.trafficmirror.event.OwnEvents;
import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.Trigger;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.FailureStore;
import io.trafficmirror.port.FakeEc2;
import io.trafficmirror.port.FakeEc2.Api;
import io.trafficmirror.port.StreamRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * {@link BatchProcessor}: processes the records of a batch and returns the one from which to retry.
 */
class BatchProcessorTest {

  private final World world = new World();
  private final BatchProcessor processor = processor(false);
  private final List<StreamRecord> batch = new ArrayList<>();

  private BatchProcessor processor(boolean dryRun) {
    return new Pipeline(
            world.ec2,
            world.ec2,
            world.bucket,
            world.stream,
            world.telemetry,
            world.time,
            Runnable::run)
        .processor(POLICY, OWNERSHIP, world.limits, dryRun, VirtualTime.START);
  }

  @Test
  void observesAnInstanceOnceForSeveralRecords() throws Exception {
    world.runs("1", "fixed");
    running("1");
    requested("1");
    running("1");
    assertThat(process()).isEmpty();
    assertThat(world.ec2.sessions())
        .extracting(Session::tags)
        .containsExactly(OWNERSHIP.sessionTags("tags[0]", new InstanceId("i-1"), Trigger.LAUNCH));
    assertThat(world.telemetry.outcomes).hasSize(1);
    assertThat(world.telemetry.outcomes.getFirst().request().causes()).isEqualTo(batch);
    assertThat(summary().records()).isEqualTo(3);
    assertThat(summary().instances()).isEqualTo(1);
  }

  @Test
  void changesNothingOnRedelivery() throws Exception {
    world.runs("1", "fixed");
    running("1");
    process();
    assertThat(process()).isEmpty();
    assertThat(world.ec2.calls(Api.CREATE_SESSION)).hasSize(1);
  }

  @Test
  void writesForEventsBeforeAPage() throws Exception {
    world.runs("1", "fixed");
    world.runs("2", "fixed");
    world.runs("3", "fixed");
    firstPage();
    running("3");
    running("2");
    process();
    assertThat(world.ec2.calls(Api.CREATE_SESSION))
        .extracting(FakeEc2.Call::resource)
        .containsExactly("eni-3", "eni-2", "eni-1");
    assertThat(summary().instances()).isEqualTo(3);
  }

  @Test
  void rejectsAMalformedRecord() throws Exception {
    world.runs("1", "fixed");
    add("{\"detail\":");
    running("1");
    assertThat(process()).isEmpty();
    assertThat(world.bucket.kept)
        .extracting(FailureStore.FailedItem::record)
        .containsExactly(batch.getFirst());
    assertThat(world.telemetry.rejected).hasSize(1);
    assertThat(world.ec2.sessions()).as("the rest of the batch is processed").hasSize(1);
  }

  @Test
  void retriesFromARejectedRecordThatCannotBeStored() throws Exception {
    world.bucket.failures.add(FailureKind.UNAVAILABLE);
    running("1");
    world.runs("1", "fixed");
    add("{\"detail\":");
    assertThat(process()).contains("101");
    assertThat(world.telemetry.rejected).isEmpty();
  }

  @Test
  void publishesAnIgnoredEventOnceItsRecordIsAcknowledged() throws Exception {
    world.runs("1", "fixed");
    running("1");
    add(
        """
        {"version":"0","source":"aws.ec2","account":"111122223333",
         "detail-type":"EC2 Instance State-change Notification",
         "detail":{"instance-id":"i-1","state":"stopped"}}
        """);
    world.ec2.failNext(Api.INSTANCES, FailureKind.THROTTLED);
    process();
    assertThat(world.telemetry.ignored).isEmpty();
    process();
    assertThat(world.telemetry.ignored).hasSize(1);
  }

  @Test
  void readsTheAccountAndRegionFromTheStream() throws Exception {
    world.runs("1", "fixed");
    running("1");
    add(
        """
        {"version":"0","source":"aws.ec2","account":"999999999999",
         "detail-type":"EC2 Instance State-change Notification",
         "detail":{"instance-id":"i-1","state":"running"}}
        """);
    process();
    assertThat(summary().scope()).isEqualTo(SCOPE);
    assertThat(world.telemetry.outcomes.getFirst().request().scope()).isEqualTo(SCOPE);
    assertThat(world.telemetry.ignored).as("the event of another account").hasSize(1);
  }

  @Test
  void sharesTheLaunchesOfABatchBetweenEventsAndItsPage() throws Exception {
    int seats = SEATS * world.limits.pools().launches();
    for (int n = 0; n < seats; n++) {
      world.runs("source-" + n, "pool");
      running("source-" + n);
    }
    world.runs("of-the-page", "pool");
    page(2, Optional.of(Integer.toString(seats)));
    assertThat(process()).contains(Integer.toString(100 + seats));
    assertThat(world.ec2.sessions()).hasSize(seats);
    assertThat(process()).as("a retry has a new launch budget").isEmpty();
    assertThat(world.ec2.sessions()).hasSize(seats + 1);
  }

  // The checkpoint

  @Test
  void retriesFromTheFirstRetryableRecord() throws Exception {
    world.runs("done", "fixed");
    world.runs("refused", "fixed");
    running("done");
    running("not-seen");
    running("refused");
    world.ec2.failNext(Api.CREATE_SESSION, FailureKind.UNSUPPORTED_SOURCE);
    assertThat(process()).contains("101");
    assertThat(summary().retryFrom()).contains("101");
    assertThat(summary().deferred()).isZero();
    assertThat(world.ec2.sessions()).as("the whole batch is processed").hasSize(1);
  }

  @Test
  void countsDeferredInstances() throws Exception {
    world.runs("1", "fixed");
    running("1");
    running("2");
    Deadline closing = world.in(BatchProcessor.CLOSING_TIME.plusMillis(999));
    assertThat(processor.process(batch, closing)).contains("100");
    assertThat(summary().deferred()).isEqualTo(2);
    assertThat(world.ec2.calls()).as("the closing time is not used for EC2").isEmpty();
  }

  @Test
  void storesAPayloadWithinTheClosingTime() throws Exception {
    add("{\"detail\":");
    assertThat(processor.process(batch, world.in(BatchProcessor.CLOSING_TIME))).isEmpty();
    assertThat(world.bucket.kept).hasSize(1);
  }

  @Test
  void acceptsAnEmptyBatch() throws Exception {
    assertThat(process()).isEmpty();
    assertThat(world.ec2.calls()).isEmpty();
    assertThat(summary().scope()).isEqualTo(new Scope("", ""));
  }

  @Test
  void putsTheNextPageOnlyIfItsPageIsAcknowledged() throws Exception {
    for (int i = 0; i < 6; i++) {
      world.runs("" + i, "fixed");
    }
    running("not-seen");
    firstPage();
    assertThat(process()).contains("100");
    assertThat(world.stream.puts).isEmpty();
    assertThat(world.ec2.sessions()).hasSize(5);

    world.runs("not-seen", "nothing");
    assertThat(process()).isEmpty();
    assertThat(world.stream.puts).hasSize(1);
  }

  @Test
  void sweepsOnRequest() throws Exception {
    add(
        """
        {"version":"0","source":"traffic-mirror-pipeline","detail-type":"Target Sweep",
         "detail":{"run-id":"sweep"}}
        """);
    assertThat(process()).isEmpty();
    assertThat(world.telemetry.sweeps).hasSize(1);
  }

  // Dry run

  @Test
  void writesNothingInADryRun() throws Exception {
    world.runs("1", "fixed");
    world.runs("2", "pool");
    running("1");
    running("2");
    assertThat(processor(true).process(batch, world.later())).isEmpty();
    assertThat(outcomes()).containsExactly("would-apply", "would-apply");
    assertThat(world.telemetry.plans.getFirst()).as("same plan as a real run").hasSize(4);
    assertThat(world.ec2.calls()).noneMatch(call -> call.api().isWrite());
  }

  @Test
  void startsANewRehearsalForEachRun() throws Exception {
    BatchProcessor dryRun = processor(true);
    world.runs("1", "fixed");
    running("1");
    dryRun.process(batch, world.later());
    dryRun.process(batch, world.later());
    assertThat(outcomes()).containsExactly("would-apply", "already-mirrored");
    batch.clear();
    firstPage();
    dryRun.process(batch, world.later());
    assertThat(outcomes()).containsExactly("would-apply", "already-mirrored", "would-apply");
  }

  @Test
  void keepsTheRehearsalForLaterPagesOfARun() throws Exception {
    BatchProcessor dryRun = processor(true);
    world.runs("1", "fixed");
    running("1");
    dryRun.process(batch, world.later());
    batch.clear();
    page(2, Optional.of("0"));
    dryRun.process(batch, world.later());
    assertThat(outcomes()).containsExactly("would-apply", "already-mirrored");
  }

  private Optional<String> process() throws InterruptedException {
    return processor.process(batch, world.later());
  }

  private void running(String name) {
    add(
        """
        {"version":"0","source":"aws.ec2","account":"111122223333",
         "detail-type":"EC2 Instance State-change Notification",
         "time":"2026-11-24T10:00:00Z","region":"eu-central-1",
         "detail":{"instance-id":"i-%s","state":"running"}}
        """
            .formatted(name));
  }

  private void requested(String name) {
    add(
        OwnEvents.write(
            new MirrorEvent.InstanceRequested(new InstanceId("i-" + name), Optional.empty()),
            SCOPE.account(),
            SCOPE.region()));
  }

  private void firstPage() {
    page(1, Optional.empty());
  }

  private void page(int number, Optional<String> token) {
    add(
        OwnEvents.write(
            new BackfillPage("run", Optional.of(VirtualTime.START), number, 5, token, 0),
            VirtualTime.START,
            SCOPE.account(),
            SCOPE.region()));
  }

  private void add(String json) {
    add(json.getBytes(StandardCharsets.UTF_8));
  }

  private void add(byte[] data) {
    batch.add(world.record(batch.size(), data));
  }

  private Telemetry.Summary summary() {
    return world.telemetry.batches.getLast();
  }

  private List<String> outcomes() {
    return world.telemetry.outcomes.stream().map(each -> word(each.outcome())).toList();
  }
}
