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
 * Processes one batch. Reconciles each distinct instance that its events name, in record order, and
 * then the instances of its backfill page. Stores malformed records and exhausted requests in the
 * failure store, puts the run's next page on the stream, sweeps if a sweep is due, and returns the
 * record from which Lambda must retry.
 *
 * <p>A batch may be processed any number of times, whole or in part, because every attempt first
 * observes which changes exist already.
 */
public final class BatchProcessor {

  /**
   * Time reserved at the end of an invocation for storing payloads and putting the next page on the
   * stream.
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
   * The components of one scope.
   *
   * @param reconciler reconciles the scope's instances
   * @param pages processes the scope's backfill pages
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
   * @param records the records of one stream, in the order of their positions
   * @param deadline when the batch must be finished; the last {@link #CLOSING_TIME} is not used for
   *     EC2
   * @return the sequence number of the record from which the batch must be retried; empty if
   *     nothing needs a retry
   * @throws InterruptedException if the thread is interrupted; the whole batch must then be retried
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
   * Discards the simulated state of the previous run when a new run of a dry run starts, so that
   * each run starts from the actual state of EC2. If the first page is delivered again, the state
   * that was simulated so far is kept.
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

    /** The id of the run whose first page is processed in this batch. */
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
