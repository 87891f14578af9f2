package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.PoolInventory;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.mirror.TargetRef;
import io.trafficmirror.pool.LaunchBudget;
import io.trafficmirror.pool.PoolLimits;
import io.trafficmirror.pool.PoolMemory;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.Time;
import io.trafficmirror.write.Effect;
import io.trafficmirror.write.WriteMemory;
import io.trafficmirror.write.Writer;
import io.trafficmirror.write.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applies the first stage of a plan: launches all instances, then creates the targets, so that EC2
 * has time to make the interfaces visible. The actions run one after the other; if one fails, the
 * later actions of the same kind in its pool fail with it. Any invocation may repeat an action,
 * because its client token and its request are functions of the slot or of the interface.
 */
final class TargetStage {

  /**
   * The maximum number of unusable generations of a slot that are skipped before the pool is
   * observed again.
   */
  static final int MAX_GENERATIONS = 8;

  /**
   * The maximum time of one action including its retries, so that sessions do not wait for targets.
   */
  static final Duration MOST_FOR_AN_ACTION = Duration.ofSeconds(16);

  /** The maximum amount by which EC2's clock may be behind ours. */
  private static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(5);

  private final Writer writer;
  private final PoolMemory memory;
  private final PoolLimits limits;
  private final Telemetry telemetry;
  private final Time time;

  TargetStage(Writer writer, PoolMemory memory, PoolLimits limits, Telemetry telemetry, Time time) {
    this.writer = writer;
    this.memory = memory;
    this.limits = limits;
    this.telemetry = telemetry;
    this.time = time;
  }

  /**
   * The result of the stage.
   *
   * @param targets the answer for each planned target
   * @param anyAnswered whether EC2 gave a definite answer to any of the actions
   */
  record Made(Map<TargetRef.Planned, Answer<TargetId>> targets, boolean anyAnswered) {

    private static final Answer<TargetId> NOTHING = settles("no target was created");

    Answer<TargetId> of(TargetRef.Planned planned) {
      return targets.getOrDefault(planned, NOTHING);
    }
  }

  /** Applies the first stage of a plan. */
  Made apply(
      List<Action.OnTarget> actions, PoolInventory pools, LaunchBudget budget, Deadline deadline)
      throws InterruptedException {
    return new Run(pools, budget, deadline).apply(actions);
  }

  /** The state of the stage for one plan. */
  private final class Run {
    private final LaunchBudget budget;
    private final Deadline deadline;
    private final Map<InstanceId, PoolMember> seen = new HashMap<>();
    private final Map<Slot, Answer<PoolMember>> launched = new HashMap<>();
    private final Map<TargetRef.Planned, Answer<TargetId>> targets = new HashMap<>();
    private final Map<String, Failure> launchesStopped = new HashMap<>();
    private final Map<String, Failure> creationsStopped = new HashMap<>();
    private boolean anyAnswered;

    Run(PoolInventory pools, LaunchBudget budget, Deadline deadline) {
      this.budget = budget;
      this.deadline = deadline;
      pools.members().forEach(member -> seen.put(member.id(), member));
    }

    Made apply(List<Action.OnTarget> actions) throws InterruptedException {
      for (Action.OnTarget action : actions) {
        switch (action) {
          case Action.LaunchTarget launch -> launched.put(launch.slot(), launchIfAllowed(launch));
          case Action.CreateTarget create -> targets.put(create.planned(), create(create));
          case Action.TagTarget tag -> write(tag);
          case Action.DeleteTarget delete -> write(delete);
          case Action.TerminateTarget terminate -> write(terminate);
        }
      }
      return new Made(targets, anyAnswered);
    }

    private Answer<Effect> write(Action action) throws InterruptedException {
      Written written = writer.apply(action, WriteMemory.NONE, deadline.atMost(MOST_FOR_AN_ACTION));
      anyAnswered |= written.isDecided();
      return written.answer();
    }

    private Answer<PoolMember> launchIfAllowed(Action.LaunchTarget action)
        throws InterruptedException {
      String pool = action.pool().digest();
      Optional<Failure> stopped = Optional.ofNullable(launchesStopped.get(pool));
      if (stopped.isEmpty() && budget.left() == 0) {
        stopped = Optional.of(noMoreLaunches(action.slot().toString()));
      }
      Answer<PoolMember> answer =
          stopped.isPresent() ? new Answer.Failed<>(stopped.get()) : launch(action);
      if (answer instanceof Answer.Failed<PoolMember>(Failure failure)) {
        launchesStopped.putIfAbsent(pool, failure);
      }
      return answer;
    }

    /**
     * Launches the instance of a slot, or of a later generation if the instances of earlier ones
     * can no longer become targets.
     */
    private Answer<PoolMember> launch(Action.LaunchTarget action) throws InterruptedException {
      Slot slot = memory.afterEndedGenerations(action.slot());
      for (int generation = 0; generation < MAX_GENERATIONS; generation++) {
        Instant startedAt = time.now();
        switch (write(action.withSlot(slot))) {
          case Answer.Got<Effect>(Effect effect) -> {
            return launched(
                action.scope(), slot, ((Effect.InstanceLaunched) effect).member(), startedAt);
          }
          case Answer.Failed<Effect>(Failure failure) -> {
            if (!isSpent(slot, failure)) {
              return launchFailed(action.pool().digest(), failure);
            }
            memory.recordEnded(slot);
            slot = slot.next();
          }
        }
      }
      return settles(action.slot() + ": " + MAX_GENERATIONS + " generations of it are unusable");
    }

    private Answer<PoolMember> launched(
        Scope scope, Slot slot, PoolMember member, Instant startedAt) {
      budget.spend();
      memory.recordLaunch(member);
      if (isNew(member, startedAt)) {
        telemetry.launched(scope, slot, member);
      }
      return member.isAlive()
          ? new Answer.Got<>(member)
          : settles(slot + " contains " + member.id() + ", which is " + member.state());
    }

    /** Whether the instance launched with the slot's client token can never be a target again. */
    private boolean isSpent(Slot slot, Failure failure) {
      if (failure.kind() == FailureKind.TOKEN_MISMATCH) {
        memory.recordMismatch(slot);
        return memory.isLastingMismatch(slot);
      }
      return failure.kind() == FailureKind.INSTANCE_ENDED;
    }

    private Answer<PoolMember> launchFailed(String pool, Failure failure) {
      FailureKind kind = failure.kind();
      if (kind == FailureKind.UNAVAILABLE) {
        // The instance may have been launched; a retry with the same client token returns it.
        budget.spend();
      } else if (kind.scope() != FailureKind.Scope.BATCH && kind != FailureKind.TOKEN_MISMATCH) {
        memory.recordRefusedLaunch(pool, failure);
      }
      return new Answer.Failed<>(failure);
    }

    /** Creates the target of an instance that was observed or launched. */
    private Answer<TargetId> create(Action.CreateTarget action) throws InterruptedException {
      Answer<PoolMember> member =
          switch (action.planned()) {
            case TargetRef.OfMember(InstanceId instance) ->
                Optional.ofNullable(seen.get(instance))
                    .<Answer<PoolMember>>map(Answer.Got::new)
                    .orElseGet(() -> settles(instance + " is not seen"));
            case TargetRef.OfSlot(Slot slot) ->
                launched.getOrDefault(slot, settles(slot + " was not launched"));
          };
      return switch (member) {
        case Answer.Failed<PoolMember>(Failure failure) -> new Answer.Failed<>(failure);
        case Answer.Got<PoolMember>(PoolMember alive) -> create(action, alive);
      };
    }

    /**
     * Creates a target unless an earlier creation in the same pool has failed, because each failure
     * costs the retries' pauses.
     */
    private Answer<TargetId> create(Action.CreateTarget action, PoolMember member)
        throws InterruptedException {
      Optional<Failure> stopped = Optional.ofNullable(creationsStopped.get(member.pool()));
      if (stopped.isPresent()) {
        return new Answer.Failed<>(stopped.get());
      }
      Answer<TargetId> answer = createNow(action, member);
      if (answer instanceof Answer.Failed<TargetId>(Failure failure)) {
        creationsStopped.put(member.pool(), failure);
      }
      return answer;
    }

    private Answer<TargetId> createNow(Action.CreateTarget action, PoolMember member)
        throws InterruptedException {
      if (!limits.mayBeCompleted(member, time.now())) {
        return settles(member.id() + " is too old to be completed and will be removed by a sweep");
      }
      if (member.primary().isEmpty()) {
        return settles(member.id() + " shows no primary interface yet");
      }
      InterfaceId primary = member.primary().get();
      return switch (write(action.forInstance(member.slot().orElse(action.slot()), primary))) {
        case Answer.Got<Effect>(Effect effect) -> {
          MirrorTarget target = ((Effect.TargetCreated) effect).target();
          memory.recordTarget(target);
          yield new Answer.Got<>(target.id());
        }
        case Answer.Failed<Effect>(Failure failure) ->
            new Answer.Failed<>(asTargetFailure(failure));
      };
    }
  }

  /**
   * Whether this call launched the instance. EC2 answers a reused client token with the instance
   * that was launched earlier.
   */
  private static boolean isNew(PoolMember member, Instant startedAt) {
    return member
        .launchedAt()
        .map(at -> !at.isBefore(startedAt.minus(CLOCK_DIFFERENCE)))
        .orElse(true);
  }

  /**
   * Converts a failure to create a target: EC2's errors about the target's interface must not be
   * attributed to the source.
   */
  private static Failure asTargetFailure(Failure failure) {
    if (failure.kind() == FailureKind.SOURCE_IS_A_TARGET
        || failure.kind() == FailureKind.TOKEN_MISMATCH) {
      return new Failure(FailureKind.POOL_NOT_SETTLED, failure.code(), failure.message());
    }
    return failure
        .kind()
        .reason()
        .map(reason -> new Failure(FailureKind.NO_TARGET, failure.code(), failure.message()))
        .orElse(failure);
  }

  static Failure noMoreLaunches(String subject) {
    return new Failure(
        FailureKind.LAUNCH_BUDGET_SPENT,
        "PoolGrows",
        "this invocation has reached its limit of launched targets; %s is retried"
            .formatted(subject));
  }

  private static <T> Answer<T> settles(String message) {
    return new Answer.Failed<>(
        new Failure(
            FailureKind.POOL_NOT_SETTLED, "PoolSettles", message + "; it is observed again"));
  }
}
