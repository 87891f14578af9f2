package io.trafficmirror.mirror;

/**
 * The session that the policy requires on one selected interface.
 *
 * @param source the interface
 * @param instance the observed instance
 * @param entry the policy entry that requires the session, for example {@code tags[0]}
 * @param aim where the traffic goes
 * @param filter which traffic goes there
 * @param number the preferred session number, 1 to 32,766; used if it is free
 */
public record WantedSession(
    Source source, Instance instance, String entry, Aim aim, FilterId filter, int number) {

  /** Where the traffic goes. */
  public sealed interface Aim {

    /**
     * This target.
     *
     * @param target its id
     */
    record Target(TargetId target) implements Aim {}

    /**
     * Any live target of this pool.
     *
     * @param pool the pool
     */
    record AnyOf(Pool pool) implements Aim {}
  }

  /** Whether any target of a pool is acceptable. */
  public boolean usesPool() {
    return aim instanceof Aim.AnyOf;
  }
}
