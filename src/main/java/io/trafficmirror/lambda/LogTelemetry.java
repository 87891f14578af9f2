package io.trafficmirror.lambda;

import io.trafficmirror.event.MirrorEvent;
import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Reason;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.StreamRecord;
import io.trafficmirror.port.Time;
import io.trafficmirror.reconcile.InstanceRequest;
import io.trafficmirror.reconcile.Outcome;
import io.trafficmirror.reconcile.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells CloudWatch: log lines for what is worth reading, metrics for everything. */
final class LogTelemetry implements Telemetry {

  private final JsonLines lines;
  private final Metrics metrics;
  private final Settings.LogLevel level;
  private final Time time;

  LogTelemetry(JsonLines lines, Metrics metrics, Settings.LogLevel level, Time time) {
    this.lines = lines;
    this.metrics = metrics;
    this.level = level;
    this.time = time;
  }

  @Override
  public void instance(InstanceRequest look, Outcome outcome) {
    Map<String, Object> values = about(look);
    switch (outcome) {
      case Outcome.Created(Action action, var session, Instant created) -> {
        counted(look, values, "created");
        about(values, action);
        values.put("session", session.id());
        values.put("number", session.number());
        look.happenedAt()
            .ifPresent(
                at -> {
                  Duration age = notNegative(Duration.between(at, created));
                  values.put("age_ms", age.toMillis());
                  metrics.time("EventToSession", Map.of("Trigger", look.trigger().label()), age);
                });
        info("session created", values);
      }
      case Outcome.Modified(Action action, var session) -> {
        counted(look, values, "modified");
        about(values, action);
        values.put("session", session.id());
        info("session modified", values);
      }
      case Outcome.WouldAct(var actions) -> {
        counted(look, values, "would-act");
        actions.forEach(action -> about(values, action));
        info("dry run: nothing was done", values);
      }
      case Outcome.Settled(Reason reason) -> {
        counted(look, values, reason.label());
        settled(reason, values);
      }
      case Outcome.Refused(Reason reason, Failure failure) -> {
        counted(look, values, reason.label());
        about(values, failure);
        settled(reason, values);
      }
      case Outcome.RetryForEveryone(Failure failure) -> {
        counted(look, values, "retry-for-everyone");
        about(values, failure);
        info("goes back for retry", values);
      }
      case Outcome.RetryForInstance(Failure failure) -> {
        counted(look, values, "retry-for-instance");
        about(values, failure);
        info("goes back for retry, for this instance only", values);
      }
    }
  }

  /** An event's clock may be ahead of ours. */
  private static Duration notNegative(Duration age) {
    return age.isNegative() ? Duration.ZERO : age;
  }

  @Override
  public void plan(List<Action> actions) {
    info("plan", Map.of("actions", actions.stream().map(LogTelemetry::inAWord).toList()));
  }

  private static String inAWord(Action action) {
    String what =
        switch (action) {
          case Action.CreateSession create -> "create number " + create.number();
          case Action.ModifySession modify -> "modify " + modify.session();
        };
    return "%s on %s of %s: %s, %s as %s asks"
        .formatted(
            what,
            action.source(),
            action.instance(),
            action.target(),
            action.filter(),
            action.entry());
  }

  private void settled(Reason reason, Map<String, Object> values) {
    values.put("why", reason.explanation());
    switch (reason.weight()) {
      case CONVERGED -> {
        // Counted, and nothing to read about.
      }
      case NOTABLE -> info("not mirrored", values);
      case NEEDS_A_PERSON -> {
        // An alarm cannot sum over outcomes, so those that need a person have a metric of their
        // own.
        metrics.count("NeedsAPerson", Map.of(), 1);
        warn("not mirrored", values);
      }
    }
  }

  @Override
  public void left(InstanceRequest look, Failure failure, String keptAt) {
    Map<String, Object> values = about(look);
    about(values, failure);
    values.put("kept_at", keptAt);
    counted(look, values, "left-to-next-look");
    metrics.count("LeftToNextLook", Map.of(), 1);
    warn("left to the next look", values);
  }

  @Override
  public void ignored(StreamRecord record, MirrorEvent.Ignored event) {
    metrics.count("IgnoredEvents", Map.of("Reason", event.reason().label()), 1);
    info(
        "event ignored",
        Map.of(
            "reason", event.reason().label(),
            "about", event.about(),
            "sequence_number", record.sequenceNumber()));
  }

  @Override
  public void rejected(StreamRecord record, String reason, String keptAt) {
    metrics.count("RejectedRecords", Map.of(), 1);
    warn(
        "record rejected",
        Map.of(
            "reason",
            reason,
            "shard",
            record.shardId(),
            "sequence_number",
            record.sequenceNumber(),
            "kept_at",
            keptAt));
  }

  @Override
  public void launched(Slot slot, PoolMember member) {
    metrics.count("TargetsLaunched", Map.of(), 1);
    info(
        "target launched",
        Map.of(
            "pool", slot.pool(),
            "slot", slot.number(),
            "generation", slot.generation(),
            "instance", member.id(),
            "state", member.state()));
  }

  @Override
  public void reused(int sources) {
    metrics.count("TargetsReused", Map.of(), sources);
  }

  @Override
  public void swept(Sweeping sweeping) {
    metrics.count("TargetsSwept", Map.of(), sweeping.instances().size());
    metrics.count("PoolSize", Map.of(), sweeping.members());
    metrics.count("PoolRoom", Map.of(), sweeping.room());
    info(
        "sweep",
        Map.of(
            "terminated", sweeping.instances(),
            "deleted", sweeping.targets(),
            "members", sweeping.members(),
            "room", sweeping.room(),
            "left", sweeping.left()));
  }

  @Override
  public void run(MirrorEvent.BackfillPage page, RunStep step, String detail) {
    metrics.count("BackfillPages", Map.of("Step", step.label()), 1);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("run", page.runId());
    values.put("page", page.page());
    values.put("restarts", page.restarts());
    values.put("step", step.label());
    values.put("detail", detail);
    switch (step) {
      case ENDED_EARLY -> warn("backfill", values);
      case WENT_ON, COMPLETED, RESTARTED, MERGED -> info("backfill", values);
    }
  }

  @Override
  public void trouble(String what, Failure failure) {
    metrics.count("Trouble", Map.of("What", what), 1);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("what", what);
    about(values, failure);
    warn("part of the batch goes back for retry", values);
  }

  @Override
  public void batch(Summary summary) {
    metrics.count("BatchRecords", Map.of(), summary.records());
    metrics.count("BatchInstances", Map.of(), summary.instances());
    metrics.count("Deferred", Map.of(), summary.deferred());
    metrics.time("BatchTime", Map.of(), summary.took());
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("records", summary.records());
    values.put("instances", summary.instances());
    values.put("deferred", summary.deferred());
    values.put("took_ms", summary.took().toMillis());
    summary.retryFrom().ifPresent(from -> values.put("retry_from", from));
    info("batch done", values);
  }

  /** The function cannot work, for one of these reasons; every record goes back. */
  void notReady(Map<String, Object> values) {
    metrics.count("InitialisationFailures", Map.of(), 1);
    warn("not ready: every record goes back for retry", values);
  }

  /** Something that an operator acts on. */
  void warn(String message, Map<String, Object> values) {
    lines.write(time.now(), "WARN", message, values);
  }

  private void info(String message, Map<String, Object> values) {
    if (level == Settings.LogLevel.INFO) {
      lines.write(time.now(), "INFO", message, values);
    }
  }

  private void counted(InstanceRequest look, Map<String, Object> values, String outcome) {
    values.put("outcome", outcome);
    metrics.count("Outcomes", Map.of("Trigger", look.trigger().label(), "Outcome", outcome), 1);
  }

  private static Map<String, Object> about(InstanceRequest look) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("instance", look.instance());
    values.put("trigger", look.trigger().label());
    return values;
  }

  private static void about(Map<String, Object> values, Failure failure) {
    values.put("code", failure.code());
    values.put("detail", failure.message());
  }

  private static void about(Map<String, Object> values, Action action) {
    values.put("action", action instanceof Action.CreateSession ? "create" : "modify");
    values.put("interface", action.source());
    values.put("entry", action.entry());
    values.put("target", action.target());
    values.put("filter", action.filter());
  }
}
