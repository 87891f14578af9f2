package io.trafficmirror.mirror;

import java.util.Optional;

/** The result of applying the policy to one instance, before its sessions are read. */
public sealed interface Selection {

  /**
   * The instance should be mirrored.
   *
   * @param wanted the session that it should have
   */
  record Selected(WantedSession wanted) implements Selection {}

  /**
   * The instance needs no action, whatever sessions it has.
   *
   * @param reason the reason
   * @param entry the policy entry that matches it; empty if none matches or none was evaluated
   */
  record NotSelected(Reason reason, Optional<String> entry) implements Selection {}
}
