package io.trafficmirror.reconcile;

import io.trafficmirror.event.MirrorEvent.BackfillPage;
import io.trafficmirror.event.OwnEvents;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Trigger;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Ec2;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.StreamArn;
import io.trafficmirror.port.StreamRecord;
import io.trafficmirror.port.StreamWriter;
import io.trafficmirror.port.Time;
import io.trafficmirror.reconcile.Telemetry.RunStep;
import java.util.List;
import java.util.Optional;

/**
 * The backfill pages of a batch: one of them goes on, its instances are reconciled, and its run
 * takes a turn.
 */
final class PageProcessor {

  private final Reconciler reconciler;
  private final OutcomeHandler settler;
  private final Sweeper sweeper;
  private final Ec2 ec2;
  private final StreamWriter stream;
  private final Telemetry telemetry;
  private final DenialGrace grace;
  private final Limits limits;
  private final Time time;

  PageProcessor(
      Reconciler reconciler,
      OutcomeHandler settler,
      Sweeper sweeper,
      Ec2 ec2,
      StreamWriter stream,
      Telemetry telemetry,
      DenialGrace grace,
      Limits limits,
      Time time) {
    this.reconciler = reconciler;
    this.settler = settler;
    this.sweeper = sweeper;
    this.ec2 = ec2;
    this.stream = stream;
    this.telemetry = telemetry;
    this.grace = grace;
    this.limits = limits;
    this.time = time;
  }

  /**
   * Observes the page that goes on and reconciles its instances, but for those that the batch's
   * events named already.
   *
   * @return how many instances were looked at
   */
  int process(
      List<PageRecord> pages,
      RequestSet done,
      BatchCheckpoint ledger,
      LaunchBudget launches,
      Deadline work,
      Deadline deadline)
      throws InterruptedException {
    Optional<PageRecord> survivor = PageRecord.thatGoesOn(pages);
    tellMerged(pages, survivor, ledger);
    return survivor.isPresent() ? page(survivor.get(), done, ledger, launches, work, deadline) : 0;
  }

  private void tellMerged(
      List<PageRecord> pages, Optional<PageRecord> survivor, BatchCheckpoint ledger) {
    for (PageRecord page : pages) {
      if (!page.equals(survivor.orElseThrow())) {
        ledger.whenAcknowledged(
            page.record().position(),
            () -> telemetry.run(page.page(), RunStep.MERGED, "another page goes on"));
      }
    }
  }

  /** Observes and reconciles a page; the turn that the run takes then is left in the ledger. */
  private int page(
      PageRecord current,
      RequestSet done,
      BatchCheckpoint ledger,
      LaunchBudget launches,
      Deadline work,
      Deadline deadline)
      throws InterruptedException {
    BackfillPage page = current.page();
    return switch (ec2.page(page.size(), page.token(), work)) {
      case Answer.Failed<Ec2.InstancePage>(Failure failure) -> {
        pageFailed(current, failure, ledger);
        yield 0;
      }
      case Answer.Got<Ec2.InstancePage>(Ec2.InstancePage shown) -> {
        List<InstanceRequest> looks =
            shown.instances().stream()
                .filter(instance -> !done.contains(instance.id()))
                .map(instance -> pageLook(instance.id(), current))
                .toList();
        settler.settle(
            looks,
            reconciler.reconcile(looks, shown.instances(), launches, work),
            ledger,
            deadline);
        ledger.turn(current, BackfillRun.after(current, shown.nextToken(), time.now(), limits));
        yield looks.size();
      }
    };
  }

  private static InstanceRequest pageLook(InstanceId instance, PageRecord current) {
    return new InstanceRequest(
        instance, Trigger.BACKFILL, Optional.empty(), List.of(current.record()));
  }

  private void pageFailed(PageRecord current, Failure failure, BatchCheckpoint ledger) {
    switch (failure.kind().scope()) {
      case EVERYONE -> pageGoesBack(current, failure, ledger);
      case DENIED -> {
        if (grace.isOver()) {
          ledger.turn(current, BackfillRun.denied(failure));
        } else {
          pageGoesBack(current, failure, ledger);
        }
      }
      case INSTANCE, LOOK_AGAIN, TERMINAL ->
          ledger.turn(current, BackfillRun.afterRefusal(current, failure, time.now(), limits));
    }
  }

  private void pageGoesBack(PageRecord current, Failure failure, BatchCheckpoint ledger) {
    ledger.goBack(current.record().position(), failure);
    if (failure.kind() != FailureKind.OUT_OF_TIME) {
      telemetry.trouble("observe-page", failure);
    }
  }

  /** The last act: only a page that is acknowledged is followed by another one. */
  void takeTurn(BatchCheckpoint ledger, Deadline deadline) {
    ledger.turn().ifPresent(next -> takeTurn(next.from(), next.turn(), ledger, deadline));
  }

  private void takeTurn(
      PageRecord current, BackfillRun.Turn turn, BatchCheckpoint ledger, Deadline deadline) {
    int position = current.record().position();
    if (!ledger.isAcknowledged(position)) {
      return;
    }
    if (turn.next().isPresent()) {
      StreamArn arn = StreamArn.parse(current.record().streamArn());
      byte[] data = OwnEvents.write(turn.next().get(), time.now(), arn.account(), arn.region());
      Answer<String> answer =
          stream.put(current.record().streamArn(), current.record().partitionKey(), data, deadline);
      if (answer instanceof Answer.Failed<String>(Failure failure)) {
        ledger.goBack(position, failure);
        telemetry.trouble("put-next-page", failure);
        return;
      }
    }
    telemetry.run(current.page(), turn.step(), turn.detail());
  }

  /**
   * A run that has come to its last page, or a record that asks for it, sweeps. What a sweep does
   * not do is left to the next one, so nothing goes back on its account.
   */
  void sweep(List<StreamRecord> asked, BatchCheckpoint ledger, Deadline work)
      throws InterruptedException {
    boolean runEnds =
        ledger
            .turn()
            .filter(next -> next.turn().step() == RunStep.COMPLETED)
            .filter(next -> ledger.isAcknowledged(next.from().record().position()))
            .isPresent();
    boolean isAsked = asked.stream().anyMatch(record -> ledger.isAcknowledged(record.position()));
    if (runEnds || isAsked) {
      sweeper.sweep(work);
    }
  }
}
