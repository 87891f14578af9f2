package io.trafficmirror.event;

import io.trafficmirror.mirror.InstanceId;
import java.time.Instant;
import java.util.Optional;

/** The content of a stream record, as far as the pipeline uses it. */
public sealed interface MirrorEvent {

  /** An event that names one instance to reconcile. */
  sealed interface AboutInstance extends MirrorEvent {
    /** The instance to reconcile. */
    InstanceId instance();

    /** The event's own {@code time}; empty if it is missing or cannot be parsed. */
    Optional<Instant> time();
  }

  /**
   * From EC2: the instance entered the state running.
   *
   * @param instance the instance
   * @param time when the state changed
   */
  record InstanceRunning(InstanceId instance, Optional<Instant> time) implements AboutInstance {}

  /**
   * From GuardDuty: a finding that involves the instance.
   *
   * @param instance the instance, from {@code detail.resource.instanceDetails.instanceId}
   * @param findingId GuardDuty's id of the finding; an empty string if it is missing
   * @param findingType GuardDuty's type of the finding; an empty string if it is missing
   * @param time when the finding was sent
   */
  record Finding(InstanceId instance, String findingId, String findingType, Optional<Instant> time)
      implements AboutInstance {}

  /**
   * Our own: a request to reconcile one instance. An instance whose retries are exhausted is stored
   * in this form, so that a replay affects only that instance.
   *
   * @param instance the instance
   * @param time when the request was made
   */
  record InstanceRequested(InstanceId instance, Optional<Instant> time) implements AboutInstance {}

  /**
   * Our own: one page of a backfill run.
   *
   * @param runId the run's id; never empty
   * @param startedAt when the run started; may be empty on the first page
   * @param page the page number, starting at 1
   * @param size the {@code MaxResults} sent to EC2, 5 to 1,000
   * @param token EC2's pagination token for this page; empty for the first page of a run or of a
   *     restart
   * @param restarts how many times the run was restarted because EC2 rejected a token
   */
  record BackfillPage(
      String runId,
      Optional<Instant> startedAt,
      int page,
      int size,
      Optional<String> token,
      int restarts)
      implements MirrorEvent {

    /** The page size if the record does not specify one. */
    public static final int DEFAULT_SIZE = 200;

    /** The smallest page size that EC2 accepts (DescribeInstances, MaxResults). */
    public static final int MIN_SIZE = 5;

    /** The largest page size that EC2 accepts (DescribeInstances, MaxResults). */
    public static final int MAX_SIZE = 1_000;
  }

  /**
   * Our own: a request for a sweep of the targets on demand.
   *
   * @param runId the sweep's id; never empty
   */
  record TargetSweep(String runId) implements MirrorEvent {}

  /**
   * A valid event that needs no action.
   *
   * @param reason why
   * @param about the subject of the event, for operators, for example an instance id or an event
   *     type
   */
  record Ignored(IgnoredReason reason, String about) implements MirrorEvent {}

  /**
   * A record that can never be parsed.
   *
   * @param reason why, in one sentence
   */
  record Malformed(String reason) implements MirrorEvent {}
}
