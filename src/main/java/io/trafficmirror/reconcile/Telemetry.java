package io.trafficmirror.reconcile;

import io.trafficmirror.event.MirrorEvent;
import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.StreamRecord;
import io.trafficmirror.run.RunStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an operator gets to see, in logs and metrics. Everything is published once: what changed the
 * world or goes back for a retry, when it happened; everything else when its record is
 * acknowledged, so that a redelivery counts nothing twice.
 */
public interface Telemetry {

  /**
   * A round or a sweep has led to these actions, launches and removals included; they are applied
   * next, to a rehearsal of EC2 where this is a dry run.
   *
   * @param actions in the order in which they start, at least one
   */
  void plan(List<Action> actions);

  /** An instance has its outcome. */
  void instance(InstanceRequest request, Outcome outcome);

  /**
   * An instance was tried for long enough: it is kept, and the next look at it is left to a
   * backfill or a person.
   *
   * @param failure the last failure
   * @param keptAt where its payload is kept
   */
  void retriesExhausted(InstanceRequest request, Failure failure, String keptAt);

  /** An event was understood, and there is nothing to do about it. */
  void ignored(Scope scope, StreamRecord record, MirrorEvent.Ignored event);

  /**
   * A record can never be understood.
   *
   * @param reason why
   * @param keptAt where its payload is kept
   */
  void rejected(Scope scope, StreamRecord record, String reason, String keptAt);

  /**
   * EC2 has answered a launch with this instance; somebody else may have launched it a moment ago.
   *
   * @param slot what was asked for
   * @param member what EC2 answered
   */
  void launched(Scope scope, Slot slot, PoolMember member);

  /**
   * Sources of a round go to targets on demand that were there already.
   *
   * @param sources how many, at least one
   */
  void reused(int sources);

  /** A sweep was made, or could not be. */
  void swept(Sweeping sweeping);

  /** A backfill run came to a turn. */
  void run(Scope scope, MirrorEvent.BackfillPage page, RunStep step, String detail);

  /** Something that the batch needs failed, and some of it goes back. */
  void batchRetried(Scope scope, String cause, Failure failure);

  /** A batch is done. */
  void batch(Summary summary);

  /**
   * What a sweep found and did.
   *
   * @param scope the account and Region
   * @param instances the instances that it terminated
   * @param targets the mirror targets that it deleted
   * @param members how many living instances the pools have now
   * @param room how many more sources they take, as far as is known
   * @param left how much more it would have removed, had it not reached its limit or its time
   */
  record Sweeping(
      Scope scope,
      List<InstanceId> instances,
      List<TargetId> targets,
      int members,
      int room,
      int left) {
    /** Copies the lists. */
    public Sweeping {
      instances = List.copyOf(instances);
      targets = List.copyOf(targets);
    }
  }

  /**
   * A batch in numbers.
   *
   * @param scope the account and Region
   * @param records how many it had
   * @param instances how many distinct instances were looked at
   * @param deferred how many instances, pages and payloads did not fit the time and go back
   * @param retryFrom the sequence number that a retry starts from; empty when all is done
   * @param took how long it took
   */
  record Summary(
      Scope scope,
      int records,
      int instances,
      int deferred,
      Optional<String> retryFrom,
      Duration took) {}
}
