package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.Reason;
import io.trafficmirror.mirror.Seat;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.SessionState;
import io.trafficmirror.mirror.Source;
import io.trafficmirror.mirror.WantedSession;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.write.Effect;
import io.trafficmirror.write.OutageDetector;
import io.trafficmirror.write.Written;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the results of a round into outcomes. Only this class decides, with the {@link
 * OutageDetector}, whether an unanswered write is an outage of EC2 or a problem of one instance.
 */
final class Conclusions {

  private final DenialGrace grace;
  private final OutageDetector outages;
  private final RefusedTypes refusedTypes;
  private final boolean dryRun;

  Conclusions(
      DenialGrace grace, OutageDetector outages, RefusedTypes refusedTypes, boolean dryRun) {
    this.grace = grace;
    this.outages = outages;
    this.refusedTypes = refusedTypes;
    this.dryRun = dryRun;
  }

  /**
   * The outcome for an instance after a failure of its own call or of a read that it depends on.
   */
  Outcome of(Failure failure) {
    return Outcome.of(failure, grace);
  }

  /** The outcome of a state that needs no write; empty if the state needs one. */
  Optional<Outcome> ofState(SessionState state) {
    return switch (state) {
      case SessionState.Satisfied ignored ->
          Optional.of(new Outcome.Settled(Reason.ALREADY_MIRRORED));
      case SessionState.NotMirrored(Reason reason, Optional<String> ignored) ->
          Optional.of(new Outcome.Settled(reason));
      case SessionState.Unsettled(WantedSession wanted, Session ours) ->
          Optional.of(
              poolSettles(
                  "session %s uses %s, whose instance EC2 does not show, possibly because it is new; %s is observed again"
                      .formatted(ours.id(), ours.target(), wanted.source().instance())));
      case SessionState.Missing ignored -> Optional.empty();
      case SessionState.Outdated ignored -> Optional.empty();
    };
  }

  /**
   * The outcome of a source for which the plan has no target.
   *
   * @param held the pools, by digest, in which launches are on hold after the target stage, each
   *     with the failure that explains why
   */
  Outcome ofWaiting(Seat.WaitReason why, WantedSession wanted, Map<String, Failure> held) {
    InstanceId instance = wanted.source().instance();
    return switch (why) {
      case POOL_NOT_SETTLED ->
          poolSettles(
              "EC2 refused targets of the pool as full or gone, but its reads do not show that yet; %s is observed again"
                  .formatted(instance));
      case LAUNCH_BUDGET_SPENT ->
          heldFailure(wanted, held)
              .map(this::of)
              .orElseGet(
                  () -> new Outcome.RetryBatch(TargetStage.noMoreLaunches(instance.toString())));
      case LAUNCHES_HELD -> of(heldFailure(wanted, held).orElseThrow());
      case LAUNCH_NOT_JUSTIFIED ->
          refusedTypes
              .knownRefusal(wanted.instance())
              .map(this::of)
              .orElse(new Outcome.Settled(Reason.UNLISTED_SOURCE_TYPE));
    };
  }

  private static Optional<Failure> heldFailure(WantedSession wanted, Map<String, Failure> held) {
    return switch (wanted.aim()) {
      case WantedSession.Aim.AnyOf(Pool pool) -> Optional.ofNullable(held.get(pool.digest()));
      case WantedSession.Aim.Target ignored -> Optional.empty();
    };
  }

  private static Outcome poolSettles(String message) {
    return new Outcome.RetryInstance(
        new Failure(FailureKind.POOL_NOT_SETTLED, "PoolSettles", message));
  }

  /**
   * The outcomes of the sources for which a write was attempted or whose target was not created.
   *
   * @param written the results of the session writes
   * @param withoutTarget the sources whose planned target was not created, each with the failure
   * @param targetsAnswered whether EC2 decided on any action of the target stage
   * @param memory tells which of the sources belong to a pool
   */
  Map<Source, Outcome> ofWrites(
      List<Written> written,
      Map<Source, Failure> withoutTarget,
      boolean targetsAnswered,
      ActionMemory memory) {
    Map<Source, Outcome> outcomes = new HashMap<>();
    Map<Source, Failure> unanswered = new HashMap<>();
    boolean anySucceeded = false;
    boolean anyAnswered = targetsAnswered;
    for (Written each : written) {
      Action.Mirroring action = (Action.Mirroring) each.action();
      anyAnswered |= each.isDecided();
      switch (each.answer()) {
        case Answer.Got<Effect>(Effect effect) -> {
          anySucceeded = true;
          outcomes.put(action.source(), succeeded(action, effect, each.at()));
        }
        case Answer.Failed<Effect>(Failure failure)
            when failure.kind() == FailureKind.UNAVAILABLE ->
            unanswered.put(action.source(), failure);
        case Answer.Failed<Effect>(Failure failure) ->
            outcomes.put(
                action.source(), refused(failure, each.wasThrottled(), memory.isPooled(action)));
      }
    }
    withoutTarget.forEach(
        (source, failure) -> {
          if (failure.kind() == FailureKind.UNAVAILABLE) {
            unanswered.put(source, failure);
          } else {
            outcomes.put(source, of(failure));
          }
        });
    outcomes.putAll(ofUnanswered(unanswered, anySucceeded, anyAnswered));
    return outcomes;
  }

  private Outcome succeeded(Action.Mirroring action, Effect effect, Instant at) {
    if (dryRun) {
      return new Outcome.WouldApply(action);
    }
    Session session = ((Effect.SessionChanged) effect).session();
    return switch (action) {
      case Action.CreateSession create -> new Outcome.Created(create, session, at);
      case Action.ModifySession modify -> new Outcome.Modified(modify, session);
    };
  }

  private Outcome refused(Failure failure, boolean wasThrottled, boolean isPooled) {
    if (isPooled
        && (failure.kind() == FailureKind.TARGET_FULL
            || failure.kind() == FailureKind.TARGET_NOT_FOUND)) {
      return new Outcome.RetryInstance(failure);
    }
    Outcome outcome = of(failure);
    // Throttling used up the time in which the instance could have been retried on its own.
    return wasThrottled && outcome instanceof Outcome.RetryInstance
        ? new Outcome.RetryBatch(failure)
        : outcome;
  }

  private Map<Source, Outcome> ofUnanswered(
      Map<Source, Failure> unanswered, boolean anySucceeded, boolean anyAnswered) {
    Set<InstanceId> instances = new HashSet<>();
    unanswered.keySet().forEach(source -> instances.add(source.instance()));
    outages.record(anyAnswered, instances);
    boolean isOutage = outages.isOutage(anySucceeded, instances.size());
    Map<Source, Outcome> outcomes = new HashMap<>();
    unanswered.forEach(
        (source, failure) ->
            outcomes.put(
                source,
                isOutage ? new Outcome.RetryBatch(failure) : new Outcome.RetryInstance(failure)));
    return outcomes;
  }
}
