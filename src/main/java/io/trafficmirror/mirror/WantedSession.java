package io.trafficmirror.mirror;

/**
 * The session that the policy wants on one interface that can be mirrored.
 *
 * @param source the interface
 * @param instance the instance as it was observed
 * @param entry the policy entry that asks for it, for example {@code tags[0]}
 * @param aim where the traffic goes
 * @param filter which traffic goes there
 * @param number the session number to use where it is free, 1 to 32,766
 */
public record WantedSession(
    Source source, Instance instance, String entry, Aim aim, FilterId filter, int number) {

  /** Where the traffic goes. */
  public sealed interface Aim {

    /**
     * To this target.
     *
     * @param target its id
     */
    record Target(TargetId target) implements Aim {}

    /**
     * To any living target of this pool.
     *
     * @param pool the pool
     */
    record AnyOf(Pool pool) implements Aim {}
  }

  /** Whether any of several targets will do. */
  public boolean goesToAPool() {
    return aim instanceof Aim.AnyOf;
  }
}
