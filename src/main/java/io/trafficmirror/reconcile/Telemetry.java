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
 * Publishes results to operators, as logs and metrics. Changes in EC2 and retries are published
 * when they happen; everything else is published when its record is acknowledged, so that a
 * redelivery counts nothing twice.
 */
public interface Telemetry {

  /**
   * A round or a sweep has planned these actions, including launches and removals. They are applied
   * next, to a rehearsal of EC2 in a dry run.
   *
   * @param actions the actions in the order in which they start, at least one
   */
  void plan(List<Action> actions);

  /** An instance has its outcome. */
  void instance(InstanceRequest request, Outcome outcome);

  /**
   * The retries of an instance are exhausted: its request is stored, and the next attempt is left
   * to a backfill or a manual replay.
   *
   * @param failure the last failure
   * @param storedAt where its payload is stored
   */
  void retriesExhausted(InstanceRequest request, Failure failure, String storedAt);

  /** A valid event needs no action. */
  void ignored(Scope scope, StreamRecord record, MirrorEvent.Ignored event);

  /**
   * A record can never be parsed.
   *
   * @param reason the reason, in one sentence
   * @param storedAt where its payload is stored
   */
  void rejected(Scope scope, StreamRecord record, String reason, String storedAt);

  /**
   * EC2 has returned this instance for a launch; another invocation may have launched it a moment
   * ago.
   *
   * @param slot the slot that was launched
   * @param member the instance that EC2 returned
   */
  void launched(Scope scope, Slot slot, PoolMember member);

  /**
   * Sources of a round use targets on demand that already existed.
   *
   * @param sources the number of such sources, at least one
   */
  void reused(int sources);

  /** A sweep has run. */
  void swept(Sweeping sweeping);

  /** A backfill run took a step. */
  void run(Scope scope, MirrorEvent.BackfillPage page, RunStep step, String detail);

  /** A part of the batch failed. */
  void batchRetried(Scope scope, String cause, Failure failure);

  /** A batch has been processed. */
  void batch(Summary summary);

  /**
   * The result of a sweep.
   *
   * @param scope the account and Region
   * @param instances the terminated instances
   * @param targets the deleted mirror targets
   * @param members the number of live instances that remain in the pools
   * @param room the known free capacity of the pools, in sources
   * @param left the number of removals that were not attempted because of the sweep limit or the
   *     deadline
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
   * The summary of a batch.
   *
   * @param scope the account and Region
   * @param records the number of records
   * @param instances the number of distinct instances reconciled
   * @param deferred the number of instances, pages and payloads that are retried for lack of time
   * @param retryFrom the sequence number from which the batch is retried; empty if nothing needs a
   *     retry
   * @param took the processing time
   */
  record Summary(
      Scope scope,
      int records,
      int instances,
      int deferred,
      Optional<String> retryFrom,
      Duration took) {}
}
