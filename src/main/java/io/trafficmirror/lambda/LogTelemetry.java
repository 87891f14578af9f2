package io.trafficmirror.lambda;

import io.trafficmirror.event.MirrorEvent;
import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Reason;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.StreamRecord;
import io.trafficmirror.port.Time;
import io.trafficmirror.reconcile.InstanceRequest;
import io.trafficmirror.reconcile.Outcome;
import io.trafficmirror.reconcile.Telemetry;
import io.trafficmirror.run.RunStep;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Publishes telemetry to CloudWatch as JSON log lines and metrics. Expected outcomes are only
 * counted; plans, and the launches and sweeps of a dry run, are only logged.
 */
final class LogTelemetry implements Telemetry {

  private final JsonLines lines;
  private final Metrics metrics;
  private final Settings.LogLevel level;
  private final boolean dryRun;
  private final Time time;

  LogTelemetry(
      JsonLines lines, Metrics metrics, Settings.LogLevel level, boolean dryRun, Time time) {
    this.lines = lines;
    this.metrics = metrics;
    this.level = level;
    this.dryRun = dryRun;
    this.time = time;
  }

  @Override
  public void instance(InstanceRequest request, Outcome outcome) {
    Map<String, Object> values = about(request);
    switch (outcome) {
      case Outcome.Created(var action, var session, Instant created) -> {
        counted(request, values, "created");
        about(values, action);
        values.put("session", session.id());
        values.put("number", session.number());
        request
            .happenedAt()
            .ifPresent(
                at -> {
                  Duration age = notNegative(Duration.between(at, created));
                  values.put("age_ms", age.toMillis());
                  metrics.time("EventToSession", Map.of("Trigger", request.trigger().label()), age);
                });
        info("session created", values);
      }
      case Outcome.Modified(var action, var session) -> {
        counted(request, values, "modified");
        about(values, action);
        values.put("session", session.id());
        info("session modified", values);
      }
      case Outcome.WouldApply(Action.Mirroring action) -> {
        counted(request, values, "would-apply");
        about(values, action);
        if (action instanceof Action.CreateSession create) {
          values.put("number", create.number());
        }
        info("dry run: nothing was written", values);
      }
      case Outcome.Settled(Reason reason) -> {
        counted(request, values, reason.label());
        settled(reason, values);
      }
      case Outcome.Refused(Reason reason, Failure failure) -> {
        counted(request, values, reason.label());
        about(values, failure);
        settled(reason, values);
      }
      case Outcome.RetryBatch(Failure failure) -> {
        counted(request, values, "retry-batch");
        about(values, failure);
        info("retrying with the batch", values);
      }
      case Outcome.RetryInstance(Failure failure) -> {
        counted(request, values, "retry-instance");
        about(values, failure);
        info("retrying this instance", values);
      }
    }
  }

  /** Clamps at zero, because the clock of an event's sender may be ahead of ours. */
  private static Duration notNegative(Duration age) {
    return age.isNegative() ? Duration.ZERO : age;
  }

  @Override
  public void plan(List<Action> actions) {
    Map<String, Object> values = about(actions.getFirst().scope());
    values.put("actions", actions.stream().map(PlanText::of).toList());
    info(dryRun ? "plan of a dry run" : "plan", values);
  }

  private void settled(Reason reason, Map<String, Object> values) {
    values.put("why", reason.explanation());
    switch (reason.severity()) {
      case CONVERGED -> {
        // Only counted.
      }
      case NOTABLE -> info("not mirrored", values);
      case ACTION_REQUIRED -> {
        // An alarm cannot search metrics, so outcomes that require action have one of their own.
        metrics.count("ActionRequired", Map.of(), 1);
        warn("not mirrored", values);
      }
    }
  }

  @Override
  public void retriesExhausted(InstanceRequest request, Failure failure, String storedAt) {
    Map<String, Object> values = about(request);
    about(values, failure);
    values.put("kept_at", storedAt);
    counted(request, values, "retries-exhausted");
    metrics.count("RetriesExhausted", Map.of(), 1);
    warn("retries exhausted", values);
  }

  @Override
  public void ignored(Scope scope, StreamRecord record, MirrorEvent.Ignored event) {
    metrics.count("IgnoredEvents", Map.of("Reason", event.reason().label()), 1);
    Map<String, Object> values = about(scope);
    values.put("reason", event.reason().label());
    values.put("about", event.about());
    values.put("sequence_number", record.sequenceNumber());
    info("event ignored", values);
  }

  @Override
  public void rejected(Scope scope, StreamRecord record, String reason, String storedAt) {
    metrics.count("RejectedRecords", Map.of(), 1);
    Map<String, Object> values = about(scope);
    values.put("reason", reason);
    values.put("shard", record.shardId());
    values.put("sequence_number", record.sequenceNumber());
    values.put("kept_at", storedAt);
    warn("record rejected", values);
  }

  @Override
  public void launched(Scope scope, Slot slot, PoolMember member) {
    Map<String, Object> values = about(scope);
    values.put("pool", slot.pool());
    values.put("slot", slot.number());
    values.put("generation", slot.generation());
    values.put("instance", member.id());
    values.put("state", member.state());
    if (dryRun) {
      info("dry run: a target would be launched", values);
    } else {
      metrics.count("TargetsLaunched", Map.of(), 1);
      info("target launched", values);
    }
  }

  @Override
  public void reused(int sources) {
    if (!dryRun) {
      metrics.count("TargetsReused", Map.of(), sources);
    }
  }

  @Override
  public void swept(Sweeping sweeping) {
    Map<String, Object> values = about(sweeping.scope());
    values.put("terminated", sweeping.instances());
    values.put("deleted", sweeping.targets());
    values.put("members", sweeping.members());
    values.put("room", sweeping.room());
    values.put("left", sweeping.left());
    if (dryRun) {
      info("dry run: a sweep would do this", values);
    } else {
      metrics.count("TargetsSwept", Map.of(), sweeping.instances().size());
      metrics.count("PoolSize", Map.of(), sweeping.members());
      metrics.count("PoolFreeCapacity", Map.of(), sweeping.room());
      info("sweep", values);
    }
  }

  @Override
  public void run(Scope scope, MirrorEvent.BackfillPage page, RunStep step, String detail) {
    metrics.count("BackfillPages", Map.of("Step", step.label()), 1);
    Map<String, Object> values = about(scope);
    values.put("run", page.runId());
    values.put("page", page.page());
    values.put("restarts", page.restarts());
    values.put("step", step.label());
    values.put("detail", detail);
    switch (step) {
      case ENDED_EARLY -> warn("backfill", values);
      case CONTINUED, COMPLETED, RESTARTED, MERGED -> info("backfill", values);
    }
  }

  @Override
  public void batchRetried(Scope scope, String cause, Failure failure) {
    metrics.count("BatchRetries", Map.of("Cause", cause), 1);
    Map<String, Object> values = about(scope);
    values.put("cause", cause);
    about(values, failure);
    warn("retrying part of the batch", values);
  }

  @Override
  public void batch(Summary summary) {
    metrics.count("BatchRecords", Map.of(), summary.records());
    metrics.count("BatchInstances", Map.of(), summary.instances());
    metrics.count("Deferred", Map.of(), summary.deferred());
    metrics.time("BatchTime", Map.of(), summary.took());
    Map<String, Object> values = about(summary.scope());
    values.put("records", summary.records());
    values.put("instances", summary.instances());
    values.put("deferred", summary.deferred());
    values.put("took_ms", summary.took().toMillis());
    summary.retryFrom().ifPresent(from -> values.put("retry_from", from));
    info("batch done", values);
  }

  /** Reports that the initialisation failed, and why. Every record is retried until it succeeds. */
  void notReady(Map<String, Object> values) {
    metrics.count("InitialisationFailures", Map.of(), 1);
    warn("not ready: retrying every record", values);
  }

  /** Logs a warning, at every log level. */
  void warn(String message, Map<String, Object> values) {
    lines.write(time.now(), "WARN", message, values);
  }

  private void info(String message, Map<String, Object> values) {
    if (level == Settings.LogLevel.INFO) {
      lines.write(time.now(), "INFO", message, values);
    }
  }

  private void counted(InstanceRequest request, Map<String, Object> values, String outcome) {
    values.put("outcome", outcome);
    metrics.count("Outcomes", Map.of("Trigger", request.trigger().label(), "Outcome", outcome), 1);
  }

  private static Map<String, Object> about(Scope scope) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("account", scope.account());
    values.put("region", scope.region());
    return values;
  }

  private static Map<String, Object> about(InstanceRequest request) {
    Map<String, Object> values = about(request.scope());
    values.put("instance", request.instance());
    values.put("trigger", request.trigger().label());
    return values;
  }

  private static void about(Map<String, Object> values, Failure failure) {
    values.put("code", failure.code());
    values.put("detail", failure.message());
  }

  private static void about(Map<String, Object> values, Action.Mirroring action) {
    values.put("action", action instanceof Action.CreateSession ? "create" : "modify");
    values.put("interface", action.source().networkInterface());
    values.put("entry", action.entry());
    values.put("target", action.target());
    values.put("filter", action.filter());
  }
}
