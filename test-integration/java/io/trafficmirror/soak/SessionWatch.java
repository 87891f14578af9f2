package io.trafficmirror.soak;

import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.harness.Discrepancies;
import io.trafficmirror.harness.SessionCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks the sessions repeatedly during a soak: an interface must never have two managed sessions,
 * and a session must not disappear before its interface. Not thread-safe.
 */
final class SessionWatch {

  private final Map<String, String> seen = new HashMap<>();
  private final Map<String, String> doubled = new HashMap<>();
  private final List<String> disappeared = new ArrayList<>();

  /**
   * Checks the current sessions.
   *
   * @param sessions all sessions
   * @param interfaces the interfaces of the instances that are not terminated
   */
  void observe(List<SessionView> sessions, Set<String> interfaces) {
    Set<String> there = new HashSet<>();
    Map<String, String> managed = new HashMap<>();
    for (SessionView session : sessions) {
      there.add(session.sessionId());
      if (SessionCheck.isManaged(session.tags())
          && managed.put(session.interfaceId(), session.sessionId()) != null) {
        doubled.put(session.interfaceId(), "there was a second session: " + session);
      }
      seen.put(session.sessionId(), session.interfaceId());
    }
    seen.forEach(
        (id, interfaceId) -> {
          if (!there.contains(id) && interfaces.contains(interfaceId)) {
            disappeared.add(id + " disappeared from " + interfaceId + ", which still exists");
          }
        });
    seen.keySet().retainAll(there);
  }

  Discrepancies findings() {
    return new Discrepancies(List.of(), List.copyOf(doubled.values()), disappeared);
  }
}
