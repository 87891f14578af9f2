package io.trafficmirror.mirror;

/** What stands between an instance and the session that the policy wants for it. */
public sealed interface Standing {

  /**
   * Nothing that could be done away with.
   *
   * @param reason why
   */
  record Final(Reason reason) implements Standing {}

  /**
   * A session of ours with another target or another filter.
   *
   * @param session the one to change
   */
  record Ours(Session session) implements Standing {}

  /** It has no session of ours, and room for one. */
  record None() implements Standing {}
}
