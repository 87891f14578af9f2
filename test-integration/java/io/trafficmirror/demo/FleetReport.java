package io.trafficmirror.demo;

import io.trafficmirror.aws.AwsCloud;
import io.trafficmirror.demo.HandlerLog.Planned;
import io.trafficmirror.demo.HandlerLog.Slot;
import io.trafficmirror.demo.InstanceResult.Reason;
import io.trafficmirror.demo.InstanceResult.Session;
import io.trafficmirror.demo.InstanceResult.Status;
import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.SystemClock;
import io.trafficmirror.harness.ClockTime;
import io.trafficmirror.harness.Deployment;
import io.trafficmirror.harness.TargetPool;
import io.trafficmirror.mirror.Assessment;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.PolicySet;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.SessionState;
import io.trafficmirror.mirror.WantedSession;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.Time;
import io.trafficmirror.reconcile.FleetAssessor;
import io.trafficmirror.reconcile.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The final status of every instance, as assessed by the product from embedded EC2. The reason for
 * a missing session is known only to EC2 and the run, so it comes from the log of the function.
 *
 * @param instances one result per instance, in the order of the fleet
 * @param pools the pools of missing sessions, by digest
 * @param problems errors of the assessment, one line each
 */
record FleetReport(
    List<InstanceResult> instances, Map<String, TargetPool> pools, List<String> problems) {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  FleetReport {
    instances = List.copyOf(instances);
    pools = Map.copyOf(pools);
    problems = List.copyOf(problems);
  }

  /**
   * Assesses the fleet. The SDK settings must point to embedded AWS.
   *
   * @param fleet the instances to report
   * @param policy the policy of the function
   * @param log the log of the function
   */
  static FleetReport of(
      EmbeddedAws aws, Collection<Machine> fleet, PolicySet policy, HandlerLog log) {
    return switch (assess(aws, policy)) {
      case Answer.Failed<List<Assessment.Row>>(Failure failure) ->
          new FleetReport(
              List.of(), Map.of(), List.of("cannot assess the fleet: " + failure.message()));
      case Answer.Got<List<Assessment.Row>>(List<Assessment.Row> rows) ->
          new Collector(rows, log).of(fleet);
    };
  }

  private static Answer<List<Assessment.Row>> assess(EmbeddedAws aws, PolicySet policy) {
    Time time = new ClockTime(new SystemClock());
    try (AwsCloud cloud = AwsCloud.open((service, operation, result) -> {}, time)) {
      return new FleetAssessor(
              new Scope(aws.account(), aws.region()),
              cloud.ec2Reads(),
              policy,
              new Ownership(Deployment.NAME),
              Limits.defaults(),
              time)
          .assess(new Deadline(time.now().plus(PATIENCE), time));
    }
  }

  /** Collects the results. */
  private static final class Collector {
    private final Map<String, Assessment.Row> rows = new HashMap<>();
    private final Map<String, Planned> planned = new HashMap<>();
    private final Map<String, TargetPool> pools = new HashMap<>();
    private final HandlerLog log;

    Collector(List<Assessment.Row> assessed, HandlerLog log) {
      this.log = log;
      log.planned().forEach(plan -> planned.put(plan.instance(), plan));
      for (Assessment.Row row : assessed) {
        rows.put(row.instance().value(), row);
        row.state().wantedSession().ifPresent(this::addPool);
      }
    }

    private void addPool(WantedSession wanted) {
      switch (wanted.aim()) {
        case WantedSession.Aim.AnyOf(Pool pool) ->
            pools.computeIfAbsent(pool.digest(), digest -> TargetPool.of(pool));
        case WantedSession.Aim.Target ignored -> {
          // Not a target on demand.
        }
      }
    }

    FleetReport of(Collection<Machine> fleet) {
      List<InstanceResult> instances = new ArrayList<>();
      List<String> problems = new ArrayList<>();
      for (Machine machine : fleet) {
        Assessment.Row row = rows.get(machine.id());
        if (row == null) {
          problems.add("missing in the assessment: " + machine.id());
        } else {
          instances.add(result(row));
        }
      }
      return new FleetReport(instances, pools, problems);
    }

    private InstanceResult result(Assessment.Row row) {
      return new InstanceResult(
          row.scope().account(),
          row.scope().region(),
          row.instance().value(),
          row.networkInterface().map(Object::toString),
          entry(row.state()),
          status(row.instance().value(), row.state()));
    }

    private static Optional<String> entry(SessionState state) {
      return state instanceof SessionState.NotMirrored notMirrored
          ? notMirrored.entry()
          : state.wantedSession().map(WantedSession::entry);
    }

    private Status status(String instance, SessionState state) {
      return switch (state) {
        case SessionState.Satisfied satisfied ->
            new Session(satisfied.session().id().value(), satisfied.session().target().value());
        case SessionState.NotMirrored notMirrored ->
            new Reason(notMirrored.reason().label(), notMirrored.reason().explanation());
        case SessionState.Missing ignored -> open(instance, "its session is missing");
        case SessionState.Outdated outdated ->
            open(instance, "its session %s is outdated".formatted(outdated.ours().id()));
        case SessionState.Unsettled unsettled ->
            open(instance, "EC2 does not show the target of its session " + unsettled.ours().id());
      };
    }

    /**
     * The reason from the log, or from the plan of a dry run. Without either, the pipeline has a
     * defect.
     */
    private Reason open(String instance, String otherwise) {
      return log.reason(instance)
          .or(() -> Optional.ofNullable(planned.get(instance)).map(this::wouldBeMirrored))
          .orElseGet(
              () -> new Reason("not-in-sync", otherwise + ", and the log contains no reason"));
    }

    private Reason wouldBeMirrored(Planned plan) {
      String target = plan.slot().map(this::describe).orElse(plan.target());
      return new Reason("would-apply", "would be mirrored to " + target);
    }

    private String describe(Slot slot) {
      return "a target on an instance to be launched: %s, slot %d"
          .formatted(
              Optional.ofNullable(pools.get(slot.pool()))
                  .map(TargetPool::description)
                  .orElse("pool " + slot.pool()),
              slot.number());
    }
  }
}
