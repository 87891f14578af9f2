package io.trafficmirror.mirror;

import java.util.Optional;

/** What the policy wants for one instance, before its sessions are read. */
public sealed interface Selection {

  /**
   * It is to be mirrored.
   *
   * @param wanted the session that it should have
   */
  record Selected(WantedSession wanted) implements Selection {}

  /**
   * Whatever its sessions are, there is nothing to do.
   *
   * @param reason why
   * @param entry the policy entry that matches it; empty where none does or none was tried
   */
  record NotSelected(Reason reason, Optional<String> entry) implements Selection {}
}
