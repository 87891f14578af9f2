package io.trafficmirror.soak;

import io.trafficmirror.embedded.InstanceView;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.embedded.TargetView;
import io.trafficmirror.harness.Discrepancies;
import io.trafficmirror.harness.ForeignSessions;
import io.trafficmirror.harness.SessionCheck;
import io.trafficmirror.harness.TargetInstances;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares the sessions of the deployment and of another team with the expectations. */
final class SessionJudge {

  private SessionJudge() {}

  /**
   * Checks all sessions.
   *
   * @param expectations the expectations of all instances that are not terminated
   * @param sessions all sessions
   * @param targets all targets
   * @param instances all instances that EC2 shows
   */
  static Discrepancies judge(
      List<Expectation> expectations,
      List<SessionView> sessions,
      List<TargetView> targets,
      List<InstanceView> instances) {
    return new SessionCheck(
            expectations.stream().map(Expectation::expected).toList(),
            sessions.stream().filter(session -> SessionCheck.isManaged(session.tags())).toList(),
            new TargetInstances(instances, targets)::place)
        .discrepancies()
        .and(
            foreign(
                expectations,
                sessions.stream()
                    .filter(session -> !SessionCheck.isManaged(session.tags()))
                    .toList()));
  }

  private static Discrepancies foreign(List<Expectation> expectations, List<SessionView> sessions) {
    List<String> wrong = new ArrayList<>();
    Map<String, List<SessionView>> byInterface = new HashMap<>();
    for (SessionView session : sessions) {
      byInterface.computeIfAbsent(session.interfaceId(), id -> new ArrayList<>()).add(session);
      if (!ForeignSessions.isUntouched(session)) {
        wrong.add("a foreign session was changed: " + session);
      }
    }
    for (Expectation expectation : expectations) {
      List<SessionView> there = byInterface.remove(expectation.interfaceId());
      List<SessionView> foreign = there == null ? List.of() : there;
      if (!foreign.stream()
          .map(SessionView::sessionId)
          .toList()
          .equals(expectation.foreign().stream().toList())) {
        wrong.add(expectation + " has these foreign sessions: " + foreign);
      }
    }
    byInterface.values().forEach(stray -> wrong.add(stray + " are on a deleted interface"));
    return new Discrepancies(List.of(), List.of(), wrong);
  }
}
