package io.trafficmirror.mirror;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One write to EC2. Every write is one of these: planned as a value, logged with its plan, and
 * applied by the one writer. No other code changes anything in EC2.
 */
public sealed interface Action {

  /** The account and Region in which it is applied. */
  Scope scope();

  /** An action of a plan's first stage: on mirror targets and the instances behind them. */
  sealed interface OnTarget extends Action {}

  /** An action of a plan's second stage: on the sessions of a source. */
  sealed interface OnSession extends Action {

    /** The interface whose sessions it changes. */
    Source source();

    @Override
    default Scope scope() {
      return source().scope();
    }
  }

  /** A session action that decides where the source's traffic goes. */
  sealed interface Mirroring extends OnSession {

    /** The policy entry that asks for it. */
    String entry();

    /** Where the traffic goes. */
    TargetRef target();

    /** Which traffic goes there. */
    FilterId filter();

    /** The same action with a target that exists by now. */
    Mirroring to(TargetId existing);

    /**
     * The id of the target.
     *
     * @throws IllegalStateException where the target is still to be made
     */
    default TargetId targetId() {
      return switch (target()) {
        case TargetRef.Existing(TargetId id) -> id;
        case TargetRef.Planned planned ->
            throw new IllegalStateException("applied before its target was made: " + planned);
      };
    }
  }

  /**
   * Launch the instance of a slot.
   *
   * @param scope the account and Region
   * @param pool what it is launched from
   * @param slot its place in the pool
   */
  record LaunchTarget(Scope scope, Pool pool, Slot slot) implements OnTarget {

    /** The same launch for another generation of the place. */
    public LaunchTarget in(Slot other) {
      return new LaunchTarget(scope, pool, other);
    }
  }

  /**
   * Make a mirror target of the primary interface of a pool instance.
   *
   * @param scope the account and Region
   * @param makes what the plan's session actions call the target
   * @param slot whose tags the target carries
   * @param networkInterface the interface; empty as long as the instance is not launched
   */
  record CreateTarget(
      Scope scope, TargetRef.Planned makes, Slot slot, Optional<InterfaceId> networkInterface)
      implements OnTarget {

    /** The same action, now that the instance is there. */
    public CreateTarget on(Slot launched, InterfaceId primary) {
      return new CreateTarget(scope, makes, launched, Optional.of(primary));
    }
  }

  /**
   * Add or overwrite tags of a mirror target.
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
   * Delete a mirror target; EC2 refuses while a session uses it.
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
   * Make a session.
   *
   * @param source the interface to be mirrored
   * @param entry the policy entry that asks for it
   * @param target where the traffic goes
   * @param filter which traffic goes there
   * @param number the session number, free as far as was seen
   */
  record CreateSession(Source source, String entry, TargetRef target, FilterId filter, int number)
      implements Mirroring {
    @Override
    public CreateSession to(TargetId existing) {
      return new CreateSession(source, entry, new TargetRef.Existing(existing), filter, number);
    }
  }

  /**
   * Give a session of ours another target, another filter or both, in place.
   *
   * @param source the mirrored interface
   * @param entry the policy entry that asks for it
   * @param session the session
   * @param target where the traffic goes
   * @param filter which traffic goes there
   */
  record ModifySession(
      Source source, String entry, SessionId session, TargetRef target, FilterId filter)
      implements Mirroring {
    @Override
    public ModifySession to(TargetId existing) {
      return new ModifySession(source, entry, session, new TargetRef.Existing(existing), filter);
    }
  }

  /**
   * Add or overwrite tags of a session of ours.
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
   * Remove tags of a session of ours.
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
   * Delete a session of ours.
   *
   * @param source the mirrored interface
   * @param session the session
   */
  record DeleteSession(Source source, SessionId session) implements OnSession {}
}
