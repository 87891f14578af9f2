package io.trafficmirror.reconcile;

import static io.trafficmirror.reconcile.World.failure;

import io.trafficmirror.event.MirrorEvent;
import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.StreamRecord;
import io.trafficmirror.run.RunStep;
import java.util.ArrayList;
import java.util.List;

/** Records everything that is published, each kind in its own list. Not thread-safe. */
final class RecordingTelemetry implements Telemetry {

  record Published(InstanceRequest request, Outcome outcome) {}

  record Exhausted(InstanceRequest request, Failure failure, String storedAt) {}

  record Rejected(StreamRecord record, String reason, String storedAt) {}

  record Run(MirrorEvent.BackfillPage page, RunStep step, String detail) {}

  record BatchRetry(String cause, Failure failure) {}

  final List<List<Action>> plans = new ArrayList<>();
  final List<Published> outcomes = new ArrayList<>();
  final List<Exhausted> exhausted = new ArrayList<>();
  final List<MirrorEvent.Ignored> ignored = new ArrayList<>();
  final List<Rejected> rejected = new ArrayList<>();
  final List<PoolMember> launched = new ArrayList<>();
  final List<Integer> reused = new ArrayList<>();
  final List<Sweeping> sweeps = new ArrayList<>();
  final List<Run> runs = new ArrayList<>();
  final List<BatchRetry> batchRetries = new ArrayList<>();
  final List<Summary> batches = new ArrayList<>();

  /** Runs whenever a plan is published, before it is applied. */
  Runnable onPlan = () -> {};

  @Override
  public void plan(List<Action> actions) {
    plans.add(List.copyOf(actions));
    onPlan.run();
  }

  @Override
  public void instance(InstanceRequest request, Outcome outcome) {
    outcomes.add(new Published(request, outcome));
  }

  @Override
  public void retriesExhausted(InstanceRequest request, Failure failure, String storedAt) {
    exhausted.add(new Exhausted(request, failure, storedAt));
  }

  @Override
  public void ignored(Scope scope, StreamRecord record, MirrorEvent.Ignored event) {
    ignored.add(event);
  }

  @Override
  public void rejected(Scope scope, StreamRecord record, String reason, String storedAt) {
    rejected.add(new Rejected(record, reason, storedAt));
  }

  @Override
  public void launched(Scope scope, Slot slot, PoolMember member) {
    launched.add(member);
  }

  @Override
  public void reused(int sources) {
    reused.add(sources);
  }

  @Override
  public void swept(Sweeping sweeping) {
    sweeps.add(sweeping);
  }

  @Override
  public void run(Scope scope, MirrorEvent.BackfillPage page, RunStep step, String detail) {
    runs.add(new Run(page, step, detail));
  }

  @Override
  public void batchRetried(Scope scope, String cause, Failure failure) {
    batchRetries.add(new BatchRetry(cause, failure));
  }

  @Override
  public void batch(Summary summary) {
    batches.add(summary);
  }
}
