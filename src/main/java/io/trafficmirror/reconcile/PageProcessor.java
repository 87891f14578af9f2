package io.trafficmirror.reconcile;

import io.trafficmirror.event.MirrorEvent.BackfillPage;
import io.trafficmirror.event.OwnEvents;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.Trigger;
import io.trafficmirror.pool.LaunchBudget;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Ec2Reads;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.StreamRecord;
import io.trafficmirror.port.StreamWriter;
import io.trafficmirror.port.Time;
import io.trafficmirror.run.BackfillRun;
import io.trafficmirror.run.PageRecord;
import io.trafficmirror.run.RunLimits;
import io.trafficmirror.run.RunStep;
import java.util.List;
import java.util.Optional;

/**
 * Processes the backfill pages of a batch. One page survives the merge; its instances are
 * reconciled, and its run takes the next step.
 */
final class PageProcessor {

  private final Scope scope;
  private final Reconciler reconciler;
  private final OutcomeHandler handler;
  private final Sweeper sweeper;
  private final Ec2Reads ec2;
  private final StreamWriter stream;
  private final Telemetry telemetry;
  private final DenialGrace grace;
  private final RunLimits limits;
  private final Time time;

  PageProcessor(
      Scope scope,
      Reconciler reconciler,
      OutcomeHandler handler,
      Sweeper sweeper,
      Ec2Reads ec2,
      StreamWriter stream,
      Telemetry telemetry,
      DenialGrace grace,
      RunLimits limits,
      Time time) {
    this.scope = scope;
    this.reconciler = reconciler;
    this.handler = handler;
    this.sweeper = sweeper;
    this.ec2 = ec2;
    this.stream = stream;
    this.telemetry = telemetry;
    this.grace = grace;
    this.limits = limits;
    this.time = time;
  }

  /**
   * Reads the surviving page and reconciles its instances, except those that the batch's events
   * already named.
   *
   * @return how many instances of the page were reconciled
   */
  int process(
      List<PageRecord> pages,
      RequestSet done,
      BatchCheckpoint checkpoint,
      LaunchBudget launches,
      Deadline work,
      Deadline deadline)
      throws InterruptedException {
    Optional<PageRecord> survivor = PageRecord.newest(pages);
    publishMerged(pages, survivor, checkpoint);
    return survivor.isPresent()
        ? page(survivor.get(), done, checkpoint, launches, work, deadline)
        : 0;
  }

  private void publishMerged(
      List<PageRecord> pages, Optional<PageRecord> survivor, BatchCheckpoint checkpoint) {
    for (PageRecord page : pages) {
      if (!page.equals(survivor.orElseThrow())) {
        checkpoint.whenAcknowledged(
            page.record().position(),
            () -> telemetry.run(scope, page.page(), RunStep.MERGED, "merged into another page"));
      }
    }
  }

  /** Reads and reconciles a page, and sets the run's next step in the checkpoint. */
  private int page(
      PageRecord current,
      RequestSet done,
      BatchCheckpoint checkpoint,
      LaunchBudget launches,
      Deadline work,
      Deadline deadline)
      throws InterruptedException {
    BackfillPage page = current.page();
    return switch (ec2.page(page.size(), page.token(), work)) {
      case Answer.Failed<Ec2Reads.InstancePage>(Failure failure) -> {
        pageFailed(current, failure, checkpoint);
        yield 0;
      }
      case Answer.Got<Ec2Reads.InstancePage>(Ec2Reads.InstancePage shown) -> {
        List<InstanceRequest> requests =
            shown.instances().stream()
                .filter(instance -> !done.contains(instance.id()))
                .map(instance -> request(instance.id(), current))
                .toList();
        handler.handle(
            requests,
            reconciler.reconcile(requests, shown.instances(), launches, work),
            checkpoint,
            deadline);
        checkpoint.setTurn(
            current, BackfillRun.after(current, shown.nextToken(), time.now(), limits));
        yield requests.size();
      }
    };
  }

  private InstanceRequest request(InstanceId instance, PageRecord current) {
    return new InstanceRequest(
        scope, instance, Trigger.BACKFILL, Optional.empty(), List.of(current.record()));
  }

  private void pageFailed(PageRecord current, Failure failure, BatchCheckpoint checkpoint) {
    switch (failure.kind().scope()) {
      case BATCH -> retryPage(current, failure, checkpoint);
      case DENIED -> {
        if (grace.isOver()) {
          checkpoint.setTurn(current, BackfillRun.denied(failure));
        } else {
          retryPage(current, failure, checkpoint);
        }
      }
      case INSTANCE, OBSERVE_AGAIN, TERMINAL ->
          checkpoint.setTurn(
              current, BackfillRun.afterRefusal(current, failure, time.now(), limits));
    }
  }

  private void retryPage(PageRecord current, Failure failure, BatchCheckpoint checkpoint) {
    checkpoint.retryFrom(current.record().position(), failure);
    if (failure.kind() != FailureKind.OUT_OF_TIME) {
      telemetry.batchRetried(scope, "observe-page", failure);
    }
  }

  /**
   * Takes the run's next step. Comes last, because only an acknowledged page may be followed by
   * another one.
   */
  void takeTurn(BatchCheckpoint checkpoint, Deadline deadline) {
    checkpoint.turn().ifPresent(next -> takeTurn(next.from(), next.turn(), checkpoint, deadline));
  }

  private void takeTurn(
      PageRecord current,
      BackfillRun.Decision turn,
      BatchCheckpoint checkpoint,
      Deadline deadline) {
    int position = current.record().position();
    if (!checkpoint.isAcknowledged(position)) {
      return;
    }
    if (turn.next().isPresent()) {
      byte[] data = OwnEvents.write(turn.next().get(), time.now(), scope.account(), scope.region());
      Answer<String> answer =
          stream.put(current.record().streamArn(), current.record().partitionKey(), data, deadline);
      if (answer instanceof Answer.Failed<String>(Failure failure)) {
        checkpoint.retryFrom(position, failure);
        telemetry.batchRetried(scope, "put-next-page", failure);
        return;
      }
    }
    telemetry.run(scope, current.page(), turn.step(), turn.detail());
  }

  /**
   * Sweeps if a run has completed its last page or a record requests a sweep. A sweep never causes
   * a retry: what it does not remove is left to the next one.
   */
  void sweep(List<StreamRecord> requested, BatchCheckpoint checkpoint, Deadline work)
      throws InterruptedException {
    boolean runEnds =
        checkpoint
            .turn()
            .filter(next -> next.turn().step() == RunStep.COMPLETED)
            .filter(next -> checkpoint.isAcknowledged(next.from().record().position()))
            .isPresent();
    boolean isRequested =
        requested.stream().anyMatch(record -> checkpoint.isAcknowledged(record.position()));
    if (runEnds || isRequested) {
      sweeper.sweep(work);
    }
  }
}
