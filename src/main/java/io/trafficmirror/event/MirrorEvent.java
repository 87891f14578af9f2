package io.trafficmirror.event;

import io.trafficmirror.mirror.InstanceId;
import java.time.Instant;
import java.util.Optional;

/** What a record on the stream says, as far as this program has a use for it. */
public sealed interface MirrorEvent {

  /** An event that names one instance to reconcile. */
  sealed interface AboutInstance extends MirrorEvent {
    /** The instance that it names. */
    InstanceId instance();

    /**
     * When it happened, by the event's own {@code time}; empty where that is missing or unreadable.
     */
    Optional<Instant> time();
  }

  /**
   * EC2: the instance runs now.
   *
   * @param instance the instance
   * @param time when it happened
   */
  record InstanceRunning(InstanceId instance, Optional<Instant> time) implements AboutInstance {}

  /**
   * GuardDuty: the instance takes part in something.
   *
   * @param instance the instance, from {@code detail.resource.instanceDetails.instanceId}
   * @param findingId GuardDuty's id of the finding; empty text where it is missing
   * @param findingType GuardDuty's type of the finding; empty text where it is missing
   * @param time when the finding was sent
   */
  record Finding(InstanceId instance, String findingId, String findingType, Optional<Instant> time)
      implements AboutInstance {}

  /**
   * Our own: a request for one instance. An instance whose retries are exhausted is kept in this
   * form, so that a replay concerns that instance alone.
   *
   * @param instance the instance
   * @param time when it was asked for
   */
  record InstanceRequested(InstanceId instance, Optional<Instant> time) implements AboutInstance {}

  /**
   * Our own: one page of a backfill run.
   *
   * @param runId names the run; never empty
   * @param startedAt when the run started; empty on a first page that does not say so
   * @param page 1 for the first one
   * @param size how many instances EC2 is asked for, 5 to 1,000
   * @param token EC2's token for this page; empty for the first page of a run or of a restart
   * @param restarts how often the run was started again because EC2 refused a token
   */
  record BackfillPage(
      String runId,
      Optional<Instant> startedAt,
      int page,
      int size,
      Optional<String> token,
      int restarts)
      implements MirrorEvent {

    /** How many instances a page asks for where its record does not say. */
    public static final int DEFAULT_SIZE = 200;

    /** The smallest page that EC2 gives (DescribeInstances, MaxResults). */
    public static final int MIN_SIZE = 5;

    /** The largest page that EC2 gives (DescribeInstances, MaxResults). */
    public static final int MAX_SIZE = 1_000;
  }

  /**
   * Our own: somebody asks for a sweep of the targets on demand.
   *
   * @param runId names it; never empty
   */
  record TargetSweep(String runId) implements MirrorEvent {}

  /**
   * Understood, and nothing to do about it.
   *
   * @param reason why
   * @param about what it was about, in a few words for an operator, for example an instance id or
   *     an event type
   */
  record Ignored(IgnoredReason reason, String about) implements MirrorEvent {}

  /**
   * Can never be understood.
   *
   * @param reason why, in one sentence
   */
  record Malformed(String reason) implements MirrorEvent {}
}
