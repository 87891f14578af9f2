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

/** Keeps everything that is published, each kind in its own list. For one thread. */
final class RecordingTelemetry implements Telemetry {

  record Published(InstanceRequest request, Outcome outcome) {}

  record Left(InstanceRequest request, Failure failure, String keptAt) {}

  record Rejected(StreamRecord record, String reason, String keptAt) {}

  record Run(MirrorEvent.BackfillPage page, RunStep step, String detail) {}

  record Trouble(String what, Failure failure) {}

  final List<List<Action>> plans = new ArrayList<>();
  final List<Published> outcomes = new ArrayList<>();
  final List<Left> left = new ArrayList<>();
  final List<MirrorEvent.Ignored> ignored = new ArrayList<>();
  final List<Rejected> rejected = new ArrayList<>();
  final List<PoolMember> launched = new ArrayList<>();
  final List<Integer> reused = new ArrayList<>();
  final List<Sweeping> sweeps = new ArrayList<>();
  final List<Run> runs = new ArrayList<>();
  final List<Trouble> troubles = new ArrayList<>();
  final List<Summary> batches = new ArrayList<>();

  /** Runs whenever a plan is published, before anybody goes on. */
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
  public void retriesExhausted(InstanceRequest request, Failure failure, String keptAt) {
    left.add(new Left(request, failure, keptAt));
  }

  @Override
  public void ignored(Scope scope, StreamRecord record, MirrorEvent.Ignored event) {
    ignored.add(event);
  }

  @Override
  public void rejected(Scope scope, StreamRecord record, String reason, String keptAt) {
    rejected.add(new Rejected(record, reason, keptAt));
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
  public void batchRetried(Scope scope, String what, Failure failure) {
    troubles.add(new Trouble(what, failure));
  }

  @Override
  public void batch(Summary summary) {
    batches.add(summary);
  }
}
