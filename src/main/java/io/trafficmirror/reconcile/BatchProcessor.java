package io.trafficmirror.reconcile;

import io.trafficmirror.event.EventParser;
import io.trafficmirror.event.MirrorEvent;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.StreamArn;
import io.trafficmirror.port.StreamRecord;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One batch: fold it to distinct instances, reconcile those that events name in record order, then
 * those of a backfill page, keep what is given up on, and say which record a retry has to start
 * from.
 *
 * <p>A batch may be processed any number of times, whole or cut: what was done before is found by
 * observation.
 */
public final class BatchProcessor {

  /**
   * How long keeping payloads and putting the next page may take when all other time is used up.
   */
  public static final Duration CLOSING_TIME = Duration.ofSeconds(3);

  private final Reconciler reconciler;
  private final OutcomeHandler settler;
  private final PageProcessor pages;
  private final Telemetry telemetry;
  private final Limits limits;
  private final Time time;

  BatchProcessor(
      Reconciler reconciler,
      OutcomeHandler settler,
      PageProcessor pages,
      Telemetry telemetry,
      Limits limits,
      Time time) {
    this.reconciler = reconciler;
    this.settler = settler;
    this.pages = pages;
    this.telemetry = telemetry;
    this.limits = limits;
    this.time = time;
  }

  /**
   * Processes a batch.
   *
   * @param records in the order of their positions
   * @param deadline when an answer is due; the last {@link #CLOSING_TIME} of it is not used for EC2
   * @return the sequence number of the record from which a retry makes everything good again; empty
   *     when all is done
   * @throws InterruptedException where the thread is interrupted; the whole batch is to be retried
   *     then
   */
  public Optional<String> process(List<StreamRecord> records, Deadline deadline)
      throws InterruptedException {
    Instant startedAt = time.now();
    Deadline work = new Deadline(deadline.end().minus(CLOSING_TIME), time);
    BatchCheckpoint ledger = new BatchCheckpoint();
    Sorted sorted = sort(records, ledger);
    List<InstanceRequest> looks = sorted.work().looks();
    LaunchBudget launches = new LaunchBudget(limits.pools().launches());
    settler.settle(looks, reconciler.reconcile(looks, launches, work), ledger, deadline);
    int pageInstances =
        pages.process(sorted.pages(), sorted.work(), ledger, launches, work, deadline);
    sorted.malformed().forEach((record, event) -> settler.reject(record, event, ledger, deadline));
    pages.takeTurn(ledger, deadline);
    pages.sweep(sorted.sweeps(), ledger, work);
    ledger.tellAcknowledged();
    Optional<String> retryFrom = ledger.checkpoint().map(at -> records.get(at).sequenceNumber());
    telemetry.batch(
        new Telemetry.Summary(
            records.size(),
            looks.size() + pageInstances,
            ledger.deferred(),
            retryFrom,
            Duration.between(startedAt, time.now())));
    return retryFrom;
  }

  private record Sorted(
      RequestSet work,
      List<PageRecord> pages,
      Map<StreamRecord, MirrorEvent.Malformed> malformed,
      List<StreamRecord> sweeps) {}

  private Sorted sort(List<StreamRecord> records, BatchCheckpoint ledger) {
    Sorted sorted =
        new Sorted(new RequestSet(), new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>());
    String arn = "";
    String account = "";
    for (StreamRecord record : records) {
      // A batch is of one stream.
      if (!record.streamArn().equals(arn)) {
        arn = record.streamArn();
        account = StreamArn.parse(arn).account();
      }
      switch (EventParser.parse(record.data(), account)) {
        case MirrorEvent.AboutInstance event -> sorted.work().add(record, event);
        case MirrorEvent.BackfillPage page -> sorted.pages().add(new PageRecord(record, page));
        case MirrorEvent.TargetSweep ignored -> sorted.sweeps().add(record);
        case MirrorEvent.Malformed event -> sorted.malformed().put(record, event);
        case MirrorEvent.Ignored event ->
            ledger.whenAcknowledged(record.position(), () -> telemetry.ignored(record, event));
      }
    }
    return sorted;
  }
}
