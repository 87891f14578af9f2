package io.trafficmirror.soak;

import io.trafficmirror.embedded.InstanceView;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.embedded.TargetView;
import io.trafficmirror.harness.Findings;
import io.trafficmirror.harness.Foreign;
import io.trafficmirror.harness.Judge;
import io.trafficmirror.harness.TargetInstances;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares the sessions of the deployment and of another team with what must be true. */
final class SessionJudge {

  private SessionJudge() {}

  /**
   * Judges everything at once.
   *
   * @param expectations of every instance that is not terminated
   * @param sessions every session that there is
   * @param targets every target that there is
   * @param instances every instance that is shown
   */
  static Findings judge(
      List<Expectation> expectations,
      List<SessionView> sessions,
      List<TargetView> targets,
      List<InstanceView> instances) {
    return new Judge(
            expectations.stream().map(Expectation::expected).toList(),
            sessions.stream().filter(session -> Judge.isOurs(session.tags())).toList(),
            new TargetInstances(instances, targets)::place)
        .findings()
        .and(
            foreign(
                expectations,
                sessions.stream().filter(session -> !Judge.isOurs(session.tags())).toList()));
  }

  private static Findings foreign(List<Expectation> expectations, List<SessionView> sessions) {
    List<String> wrong = new ArrayList<>();
    Map<String, List<SessionView>> byInterface = new HashMap<>();
    for (SessionView session : sessions) {
      byInterface.computeIfAbsent(session.interfaceId(), id -> new ArrayList<>()).add(session);
      if (!Foreign.isUntouched(session)) {
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
    byInterface.values().forEach(stray -> wrong.add(stray + " are on an interface that is gone"));
    return new Findings(List.of(), List.of(), wrong);
  }
}
