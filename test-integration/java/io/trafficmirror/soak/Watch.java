package io.trafficmirror.soak;

import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.harness.Findings;
import io.trafficmirror.harness.Judge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at the sessions again and again while everything moves: at no moment may an interface have
 * two of ours, and none may vanish before its interface does. For one thread.
 */
final class Watch {

  private final Map<String, String> seen = new HashMap<>();
  private final Map<String, String> doubled = new HashMap<>();
  private final List<String> vanished = new ArrayList<>();

  /**
   * One look.
   *
   * @param sessions every session that there is
   * @param interfaces the interfaces of the instances that are not terminated
   */
  void look(List<SessionView> sessions, Set<String> interfaces) {
    Set<String> there = new HashSet<>();
    Map<String, String> ours = new HashMap<>();
    for (SessionView session : sessions) {
      there.add(session.sessionId());
      if (Judge.isOurs(session.tags())
          && ours.put(session.interfaceId(), session.sessionId()) != null) {
        doubled.put(session.interfaceId(), "there was a second one: " + session);
      }
      seen.put(session.sessionId(), session.interfaceId());
    }
    seen.forEach(
        (id, interfaceId) -> {
          if (!there.contains(id) && interfaces.contains(interfaceId)) {
            vanished.add(id + " vanished from " + interfaceId + ", which is still there");
          }
        });
    seen.keySet().retainAll(there);
  }

  Findings findings() {
    return new Findings(List.of(), List.copyOf(doubled.values()), vanished);
  }
}
