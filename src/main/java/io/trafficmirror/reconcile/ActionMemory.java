package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.Source;
import io.trafficmirror.mirror.WantedSession;
import io.trafficmirror.pool.PoolMemory;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.write.Effect;
import io.trafficmirror.write.WriteMemory;
import java.util.Map;
import java.util.Optional;

/**
 * Records what the answers to a round's session actions reveal about instance types and targets on
 * demand, and predicts failures from it.
 *
 * @param wanted the wanted session of each source in the round
 * @param refusedTypes the instance types that EC2 has refused recently
 * @param pools the pool targets that EC2 has refused recently
 */
record ActionMemory(Map<Source, WantedSession> wanted, RefusedTypes refusedTypes, PoolMemory pools)
    implements WriteMemory {

  @Override
  public Optional<Failure> knownFailure(Action action) {
    if (!(action instanceof Action.Mirroring mirroring)) {
      return Optional.empty();
    }
    Optional<Failure> refused =
        mirroring instanceof Action.CreateSession
            ? refusedTypes.knownRefusal(instance(mirroring))
            : Optional.empty();
    return refused.or(() -> refusedTarget(mirroring));
  }

  private Optional<Failure> refusedTarget(Action.Mirroring action) {
    if (!isPooled(action) || !pools.isRefused(action.targetId())) {
      return Optional.empty();
    }
    return Optional.of(
        new Failure(
            FailureKind.TARGET_FULL,
            "remembered",
            "EC2 recently refused %s as full or gone; another target will be chosen for %s"
                .formatted(action.targetId(), action.source().instance())));
  }

  @Override
  public void record(Action action, Answer<Effect> answer) {
    if (action instanceof Action.Mirroring mirroring) {
      switch (answer) {
        case Answer.Got<Effect> ignored -> recordSuccess(mirroring);
        case Answer.Failed<Effect>(Failure failure) -> recordFailure(mirroring, failure.kind());
      }
    }
  }

  private void recordSuccess(Action.Mirroring action) {
    refusedTypes.recordSession(instance(action));
    if (isPooled(action)) {
      pools.recordSession(action.source().networkInterface(), action.targetId());
    }
  }

  private void recordFailure(Action.Mirroring action, FailureKind kind) {
    if (kind == FailureKind.UNSUPPORTED_SOURCE) {
      refusedTypes.recordRefusal(instance(action));
    }
    if (isPooled(action) && kind == FailureKind.TARGET_FULL) {
      pools.markFull(action.targetId());
    }
    if (isPooled(action) && kind == FailureKind.TARGET_NOT_FOUND) {
      pools.markGone(action.targetId());
    }
  }

  private Instance instance(Action.Mirroring action) {
    return wanted(action).instance();
  }

  /**
   * Whether the source belongs to a pool, so that another target can replace one that is full or
   * gone.
   */
  boolean isPooled(Action.Mirroring action) {
    return wanted(action).usesPool();
  }

  private WantedSession wanted(Action.Mirroring action) {
    return Optional.ofNullable(wanted.get(action.source())).orElseThrow();
  }
}
