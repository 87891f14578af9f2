package io.trafficmirror.mirror;

import java.util.List;
import java.util.Optional;

/** How an instance stands to the session that the policy wants for it. */
public sealed interface SessionState {

  /**
   * The session is there, whoever made it.
   *
   * @param wanted what the policy wants
   * @param session the session
   */
  record Satisfied(WantedSession wanted, Session session) implements SessionState {}

  /**
   * A session has to be created; there is room for it.
   *
   * @param wanted what the policy wants
   * @param existing the sessions of others on the interface
   */
  record Missing(WantedSession wanted, List<Session> existing) implements SessionState {
    /** Copies the list. */
    public Missing {
      existing = List.copyOf(existing);
    }
  }

  /**
   * A session of ours has another target or filter and has to be modified.
   *
   * @param wanted what the policy wants
   * @param ours the session
   * @param keepsTarget whether its target will do, so that only the filter changes
   */
  record Outdated(WantedSession wanted, Session ours, boolean keepsTarget)
      implements SessionState {}

  /**
   * A session of ours goes to a target whose instance EC2 does not show, perhaps not yet: it is
   * looked at again before anything is moved.
   *
   * @param wanted what the policy wants
   * @param ours the session
   */
  record Unsettled(WantedSession wanted, Session ours) implements SessionState {}

  /**
   * There is nothing to do, and the reason is not a session.
   *
   * @param reason why
   * @param entry the policy entry that matches it; empty where none does or none was tried
   */
  record NotMirrored(Reason reason, Optional<String> entry) implements SessionState {}

  /** What the policy wants for it; empty where it wants nothing that can be had. */
  default Optional<WantedSession> wantedSession() {
    return switch (this) {
      case Satisfied satisfied -> Optional.of(satisfied.wanted());
      case Missing missing -> Optional.of(missing.wanted());
      case Outdated outdated -> Optional.of(outdated.wanted());
      case Unsettled unsettled -> Optional.of(unsettled.wanted());
      case NotMirrored ignored -> Optional.empty();
    };
  }

  /** Whether the wanted session is not there, or not as it should be. */
  default boolean isOpen() {
    return switch (this) {
      case Missing ignored -> true;
      case Outdated ignored -> true;
      case Unsettled ignored -> true;
      case Satisfied ignored -> false;
      case NotMirrored ignored -> false;
    };
  }

  /** Whether a target has to be found for its session. */
  default boolean needsTarget() {
    return switch (this) {
      case Missing ignored -> true;
      case Outdated outdated -> !outdated.keepsTarget();
      case Unsettled ignored -> false;
      case Satisfied ignored -> false;
      case NotMirrored ignored -> false;
    };
  }

  /** Whether a session was seen on its interface, whoever made it. */
  default boolean showsASession() {
    return switch (this) {
      case Missing missing -> !missing.existing().isEmpty();
      case Outdated ignored -> true;
      case Unsettled ignored -> true;
      case Satisfied ignored -> true;
      case NotMirrored ignored -> false;
    };
  }
}
