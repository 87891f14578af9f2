package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Reason;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Ec2;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Launches the instances of slots and makes targets of them. Every call may be repeated by anybody:
 * its token is a function of the slot, or of the interface, and so is its request.
 */
final class PoolGrowth {

  /** How many instances of one slot may turn out to have ended before another look is taken. */
  static final int MAX_GENERATIONS = 8;

  /** The pauses before a call is made again that EC2 throttles. */
  static final List<Duration> THROTTLE_PAUSES =
      List.of(
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4),
          Duration.ofSeconds(8));

  /** The pauses before a call is made again that EC2 did not answer. */
  static final List<Duration> UNAVAILABLE_PAUSES =
      List.of(Duration.ofMillis(200), Duration.ofMillis(400));

  /** The pauses before a target is asked for again of an interface that EC2 does not know yet. */
  static final List<Duration> VISIBILITY_PAUSES =
      List.of(
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4));

  /** How far EC2's clock may be behind ours. */
  private static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(5);

  private final Ec2 ec2;
  private final Ownership ownership;
  private final PoolMemory memory;
  private final Telemetry telemetry;
  private final Time time;

  PoolGrowth(Ec2 ec2, Ownership ownership, PoolMemory memory, Telemetry telemetry, Time time) {
    this.ec2 = ec2;
    this.ownership = ownership;
    this.memory = memory;
    this.telemetry = telemetry;
    this.time = time;
  }

  /** Launches the instance of a slot, or of a later generation of it. */
  Answer<PoolMember> launch(Pool pool, Slot first, LaunchBudget budget, Deadline deadline)
      throws InterruptedException {
    Slot slot = memory.afterEnded(first);
    for (int generation = 0; generation < MAX_GENERATIONS; generation++) {
      Slot current = slot;
      Instant startedAt = time.now();
      Answer<PoolMember> answer =
          persist(() -> launchOnce(pool, current, deadline), List.of(), deadline);
      switch (answer) {
        case Answer.Got<PoolMember>(PoolMember member) -> {
          budget.spend();
          memory.launched(member);
          if (isNew(member, startedAt)) {
            telemetry.launched(current, member);
          }
          return member.isAlive()
              ? answer
              : settles(current + " holds " + member.id() + ", which is " + member.state());
        }
        case Answer.Failed<PoolMember>(Failure failure) -> {
          boolean isSpent =
              failure.kind() == FailureKind.INSTANCE_ENDED
                  || (failure.kind() == FailureKind.TOKEN_MISMATCH
                      && memory.isMismatchForLong(current));
          if (!isSpent) {
            return launchFailed(pool, failure, budget);
          }
          memory.ended(current);
          slot = current.next();
        }
      }
    }
    return settles(first + ": " + MAX_GENERATIONS + " instances of it have ended");
  }

  /** A token that somebody else has used is answered with what was launched then. */
  private static boolean isNew(PoolMember member, Instant startedAt) {
    return member
        .launchedAt()
        .map(at -> !at.isBefore(startedAt.minus(CLOCK_DIFFERENCE)))
        .orElse(true);
  }

  private Answer<PoolMember> launchOnce(Pool pool, Slot slot, Deadline deadline) {
    return ec2.launch(pool, ownership.slotTags(slot), slot.launchToken(), ownership, deadline);
  }

  private Answer<PoolMember> launchFailed(Pool pool, Failure failure, LaunchBudget budget) {
    FailureKind kind = failure.kind();
    if (kind == FailureKind.UNAVAILABLE) {
      // It may have been launched, and EC2 will say so when it is asked with the same token.
      budget.spend();
    } else if (kind.scope() != FailureKind.Scope.EVERYONE && kind != FailureKind.TOKEN_MISMATCH) {
      memory.launchRefused(pool.digest(), failure);
    }
    return new Answer.Failed<>(failure);
  }

  /** Makes the target of an instance, as soon as EC2 knows its interface. */
  Answer<MirrorTarget> target(PoolMember member, Slot slot, Deadline deadline)
      throws InterruptedException {
    if (member.primary().isEmpty()) {
      return settles(member.id() + " shows no primary interface yet");
    }
    InterfaceId eni = member.primary().get();
    Map<String, String> tags = ownership.slotTags(slot);
    Answer<MirrorTarget> answer =
        persist(
            () -> ec2.createTarget(eni, tags, Slot.targetToken(eni), deadline),
            VISIBILITY_PAUSES,
            deadline);
    return switch (answer) {
      case Answer.Got<MirrorTarget>(MirrorTarget target) -> {
        memory.made(target);
        yield answer;
      }
      case Answer.Failed<MirrorTarget>(Failure failure) -> new Answer.Failed<>(ofTarget(failure));
    };
  }

  /** What is said of the interface of a target is not said of a source. */
  private static Failure ofTarget(Failure failure) {
    if (failure.kind() == FailureKind.SOURCE_IS_A_TARGET
        || failure.kind() == FailureKind.TOKEN_MISMATCH) {
      return new Failure(FailureKind.POOL_SETTLES, failure.code(), failure.message());
    }
    return failure
        .kind()
        .reason()
        .filter(reason -> reason != Reason.DENIED)
        .map(reason -> new Failure(FailureKind.NO_TARGET, failure.code(), failure.message()))
        .orElse(failure);
  }

  private static <T> Answer<T> settles(String what) {
    return new Answer.Failed<>(
        new Failure(FailureKind.POOL_SETTLES, "PoolSettles", what + "; it is looked at again"));
  }

  /** Makes a call until its answer means something, within the deadline. */
  private <T> Answer<T> persist(
      Supplier<Answer<T>> call, List<Duration> visibilityPauses, Deadline deadline)
      throws InterruptedException {
    Map<FailureKind, Integer> tries = new EnumMap<>(FailureKind.class);
    while (deadline.allows(ApplyRun.MIN_CALL_TIME)) {
      Answer<T> answer = call.get();
      if (!(answer instanceof Answer.Failed<T>(Failure failure))) {
        return answer;
      }
      List<Duration> pauses = pausesAfter(failure.kind(), visibilityPauses);
      int tried = tries.merge(failure.kind(), 1, Integer::sum);
      if (tried > pauses.size()
          || !deadline.allows(pauses.get(tried - 1).plus(ApplyRun.MIN_CALL_TIME))) {
        return answer;
      }
      time.sleep(pauses.get(tried - 1));
    }
    return new Answer.Failed<>(
        new Failure(FailureKind.OUT_OF_TIME, "OutOfTime", "no time left to make a mirror target"));
  }

  private static List<Duration> pausesAfter(FailureKind kind, List<Duration> visibilityPauses) {
    if (kind == FailureKind.THROTTLED) {
      return THROTTLE_PAUSES;
    }
    if (kind == FailureKind.UNAVAILABLE) {
      return UNAVAILABLE_PAUSES;
    }
    return kind == FailureKind.NOT_VISIBLE_YET ? visibilityPauses : List.of();
  }
}
