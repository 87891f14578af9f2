package io.trafficmirror.mirror;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One write to EC2. The planner returns actions as values, the plan is logged, and the single
 * writer applies them. No other code changes anything in EC2.
 */
public sealed interface Action {

  /** The account and Region of the write. */
  Scope scope();

  /** An action in a plan's first stage, on a mirror target or the instance behind it. */
  sealed interface OnTarget extends Action {}

  /** An action in a plan's second stage, on a session of a source. */
  sealed interface OnSession extends Action {

    /** The interface whose session changes. */
    Source source();

    @Override
    default Scope scope() {
      return source().scope();
    }
  }

  /** A session action that sets where the source's traffic goes. */
  sealed interface Mirroring extends OnSession {

    /** The policy entry that requires the session. */
    String entry();

    /** Where the traffic goes. */
    TargetRef target();

    /** Which traffic goes there. */
    FilterId filter();

    /** A copy of this action that uses an existing target. */
    Mirroring withTarget(TargetId existing);

    /**
     * The id of the target.
     *
     * @throws IllegalStateException if the target has not been created yet
     */
    default TargetId targetId() {
      return switch (target()) {
        case TargetRef.Existing(TargetId id) -> id;
        case TargetRef.Planned planned ->
            throw new IllegalStateException("applied before its target was created: " + planned);
      };
    }
  }

  /**
   * Launch the instance for a slot.
   *
   * @param scope the account and Region
   * @param pool the pool whose settings the launch uses
   * @param slot the slot in the pool that the instance fills
   */
  record LaunchTarget(Scope scope, Pool pool, Slot slot) implements OnTarget {

    /** A copy of this launch for another generation of the slot. */
    public LaunchTarget withSlot(Slot other) {
      return new LaunchTarget(scope, pool, other);
    }
  }

  /**
   * Create a mirror target on the primary interface of a pool instance.
   *
   * @param scope the account and Region
   * @param planned the reference by which the plan's session actions name the target
   * @param slot the slot that provides the target's tags
   * @param networkInterface the interface; empty until the instance is launched
   */
  record CreateTarget(
      Scope scope, TargetRef.Planned planned, Slot slot, Optional<InterfaceId> networkInterface)
      implements OnTarget {

    /** A copy of this action for the launched instance. */
    public CreateTarget forInstance(Slot launched, InterfaceId primary) {
      return new CreateTarget(scope, planned, launched, Optional.of(primary));
    }
  }

  /**
   * Add or overwrite tags on a mirror target.
   *
   * @param scope the account and Region
   * @param target the target
   * @param tags at least one
   */
  record TagTarget(Scope scope, TargetId target, Map<String, String> tags) implements OnTarget {
    /** Copies the tags. */
    public TagTarget {
      tags = Map.copyOf(tags);
    }
  }

  /**
   * Delete a mirror target. EC2 refuses while a session uses it.
   *
   * @param scope the account and Region
   * @param target the target
   */
  record DeleteTarget(Scope scope, TargetId target) implements OnTarget {}

  /**
   * Terminate a pool instance.
   *
   * @param scope the account and Region
   * @param instance the instance
   */
  record TerminateTarget(Scope scope, InstanceId instance) implements OnTarget {}

  /**
   * Create a session.
   *
   * @param source the interface to mirror
   * @param entry the policy entry that requires the session
   * @param target where the traffic goes
   * @param filter which traffic goes there
   * @param number a session number that no observed session on the interface uses
   */
  record CreateSession(Source source, String entry, TargetRef target, FilterId filter, int number)
      implements Mirroring {
    @Override
    public CreateSession withTarget(TargetId existing) {
      return new CreateSession(source, entry, new TargetRef.Existing(existing), filter, number);
    }
  }

  /**
   * Change the target, the filter or both of one of our sessions in place.
   *
   * @param source the mirrored interface
   * @param entry the policy entry that requires the session
   * @param session the session
   * @param target where the traffic goes
   * @param filter which traffic goes there
   */
  record ModifySession(
      Source source, String entry, SessionId session, TargetRef target, FilterId filter)
      implements Mirroring {
    @Override
    public ModifySession withTarget(TargetId existing) {
      return new ModifySession(source, entry, session, new TargetRef.Existing(existing), filter);
    }
  }

  /**
   * Add or overwrite tags on one of our sessions.
   *
   * @param source the mirrored interface
   * @param session the session
   * @param tags at least one
   */
  record TagSession(Source source, SessionId session, Map<String, String> tags)
      implements OnSession {
    /** Copies the tags. */
    public TagSession {
      tags = Map.copyOf(tags);
    }
  }

  /**
   * Remove tags from one of our sessions.
   *
   * @param source the mirrored interface
   * @param session the session
   * @param keys the keys of the tags, at least one
   */
  record UntagSession(Source source, SessionId session, Set<String> keys) implements OnSession {
    /** Copies the keys. */
    public UntagSession {
      keys = Set.copyOf(keys);
    }
  }

  /**
   * Delete one of our sessions.
   *
   * @param source the mirrored interface
   * @param session the session
   */
  record DeleteSession(Source source, SessionId session) implements OnSession {}
}
