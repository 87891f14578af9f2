package io.trafficmirror.reconcile;

import io.trafficmirror.event.EventParser;
import io.trafficmirror.event.MirrorEvent;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.pool.LaunchBudget;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.StreamArn;
import io.trafficmirror.port.StreamRecord;
import io.trafficmirror.port.Time;
import io.trafficmirror.run.PageRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One batch: fold it to distinct instances, reconcile those that events name in record order, then
 * those of a backfill page, keep what is no longer retried, and return the record that a retry has
 * to start from.
 *
 * <p>A batch may be processed any number of times, whole or cut: what was done before is found by
 * observation.
 */
public final class BatchProcessor {

  /**
   * How long keeping payloads and putting the next page may take when all other time is used up.
   */
  public static final Duration CLOSING_TIME = Duration.ofSeconds(3);

  private final Function<Scope, ScopeLoop> loops;
  private final Map<Scope, ScopeLoop> byScope = new HashMap<>();
  private final Map<Scope, String> rehearsedRuns = new HashMap<>();
  private final OutcomeHandler handler;
  private final Telemetry telemetry;
  private final Limits limits;
  private final boolean dryRun;
  private final Time time;

  /**
   * The loop of one scope.
   *
   * @param reconciler reconciles its instances
   * @param pages takes its backfill pages
   */
  record ScopeLoop(Reconciler reconciler, PageProcessor pages) {}

  BatchProcessor(
      Function<Scope, ScopeLoop> loops,
      OutcomeHandler handler,
      Telemetry telemetry,
      Limits limits,
      boolean dryRun,
      Time time) {
    this.loops = loops;
    this.handler = handler;
    this.telemetry = telemetry;
    this.limits = limits;
    this.dryRun = dryRun;
    this.time = time;
  }

  /**
   * Processes a batch.
   *
   * @param records in the order of their positions, all of one stream
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
    BatchCheckpoint checkpoint = new BatchCheckpoint();
    Scope scope = scope(records);
    Sorted sorted = sort(scope, records, checkpoint);
    List<InstanceRequest> requests = sorted.requests().requests();
    LaunchBudget launches = new LaunchBudget(limits.pools().launches());
    if (dryRun) {
      sorted.startedRun().ifPresent(run -> startRehearsal(scope, run));
    }
    ScopeLoop loop = byScope.computeIfAbsent(scope, loops);
    handler.handle(
        requests, loop.reconciler().reconcile(requests, launches, work), checkpoint, deadline);
    int pageInstances =
        loop.pages()
            .process(sorted.pages(), sorted.requests(), checkpoint, launches, work, deadline);
    sorted
        .malformed()
        .forEach((record, event) -> handler.reject(scope, record, event, checkpoint, deadline));
    loop.pages().takeTurn(checkpoint, deadline);
    loop.pages().sweep(sorted.sweeps(), checkpoint, work);
    checkpoint.publishAcknowledged();
    Optional<String> retryFrom =
        checkpoint.checkpoint().map(at -> records.get(at).sequenceNumber());
    telemetry.batch(
        new Telemetry.Summary(
            scope,
            records.size(),
            requests.size() + pageInstances,
            checkpoint.deferred(),
            retryFrom,
            Duration.between(startedAt, time.now())));
    return retryFrom;
  }

  /**
   * A run rehearses from what is there, not from what earlier runs would have left. Its first page
   * may be delivered several times: what the first delivery rehearsed counts for the later ones.
   */
  private void startRehearsal(Scope scope, String run) {
    if (!run.equals(rehearsedRuns.put(scope, run))) {
      byScope.remove(scope);
    }
  }

  /** The scope of the stream: the deployment's own account and Region. */
  private static Scope scope(List<StreamRecord> records) {
    return records.stream()
        .findFirst()
        .map(record -> StreamArn.parse(record.streamArn()).scope())
        .orElse(new Scope("", ""));
  }

  private record Sorted(
      RequestSet requests,
      List<PageRecord> pages,
      Map<StreamRecord, MirrorEvent.Malformed> malformed,
      List<StreamRecord> sweeps) {

    /** The id of the run whose first page goes on in this batch. */
    Optional<String> startedRun() {
      return PageRecord.newest(pages)
          .map(PageRecord::page)
          .filter(page -> page.token().isEmpty())
          .map(MirrorEvent.BackfillPage::runId);
    }
  }

  private Sorted sort(Scope scope, List<StreamRecord> records, BatchCheckpoint checkpoint) {
    Sorted sorted =
        new Sorted(
            new RequestSet(scope), new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>());
    for (StreamRecord record : records) {
      switch (EventParser.parse(record.data(), scope.account())) {
        case MirrorEvent.AboutInstance event -> sorted.requests().add(record, event);
        case MirrorEvent.BackfillPage page -> sorted.pages().add(new PageRecord(record, page));
        case MirrorEvent.TargetSweep ignored -> sorted.sweeps().add(record);
        case MirrorEvent.Malformed event -> sorted.malformed().put(record, event);
        case MirrorEvent.Ignored event ->
            checkpoint.whenAcknowledged(
                record.position(), () -> telemetry.ignored(scope, record, event));
      }
    }
    return sorted;
  }
}
