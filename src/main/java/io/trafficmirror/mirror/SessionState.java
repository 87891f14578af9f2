package io.trafficmirror.mirror;

import java.util.List;
import java.util.Optional;

/** The state of an instance compared with the session that the policy requires for it. */
public sealed interface SessionState {

  /**
   * The wanted session exists, ours or foreign.
   *
   * @param wanted the wanted session
   * @param session the session
   */
  record Satisfied(WantedSession wanted, Session session) implements SessionState {}

  /**
   * The session has to be created, and the interface has room for it.
   *
   * @param wanted the wanted session
   * @param existing the sessions on the interface, none of them ours
   */
  record Missing(WantedSession wanted, List<Session> existing) implements SessionState {
    /** Copies the list. */
    public Missing {
      existing = List.copyOf(existing);
    }
  }

  /**
   * One of our sessions has a different target or filter and has to be modified.
   *
   * @param wanted the wanted session
   * @param ours the observed session
   * @param keepsTarget whether its target is acceptable, so that only the filter changes
   */
  record Outdated(WantedSession wanted, Session ours, boolean keepsTarget)
      implements SessionState {}

  /**
   * One of our sessions goes to a target whose instance EC2 does not return, perhaps not yet. It is
   * observed again before the session moves.
   *
   * @param wanted the wanted session
   * @param ours the observed session
   */
  record Unsettled(WantedSession wanted, Session ours) implements SessionState {}

  /**
   * The instance has no session to create or change, for a reason other than an existing session.
   *
   * @param reason the reason
   * @param entry the policy entry that matches it; empty if none matches or none was evaluated
   */
  record NotMirrored(Reason reason, Optional<String> entry) implements SessionState {}

  /** The wanted session; empty for {@link NotMirrored}. */
  default Optional<WantedSession> wantedSession() {
    return switch (this) {
      case Satisfied satisfied -> Optional.of(satisfied.wanted());
      case Missing missing -> Optional.of(missing.wanted());
      case Outdated outdated -> Optional.of(outdated.wanted());
      case Unsettled unsettled -> Optional.of(unsettled.wanted());
      case NotMirrored ignored -> Optional.empty();
    };
  }

  /** Whether the wanted session is missing, outdated or unsettled. */
  default boolean isOpen() {
    return switch (this) {
      case Missing ignored -> true;
      case Outdated ignored -> true;
      case Unsettled ignored -> true;
      case Satisfied ignored -> false;
      case NotMirrored ignored -> false;
    };
  }

  /** Whether the session still needs a target. */
  default boolean needsTarget() {
    return switch (this) {
      case Missing ignored -> true;
      case Outdated outdated -> !outdated.keepsTarget();
      case Unsettled ignored -> false;
      case Satisfied ignored -> false;
      case NotMirrored ignored -> false;
    };
  }

  /** Whether any session, ours or foreign, was observed on its interface. */
  default boolean hasObservedSession() {
    return switch (this) {
      case Missing missing -> !missing.existing().isEmpty();
      case Outdated ignored -> true;
      case Unsettled ignored -> true;
      case Satisfied ignored -> true;
      case NotMirrored ignored -> false;
    };
  }
}
