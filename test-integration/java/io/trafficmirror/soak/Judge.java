package io.trafficmirror.soak;

import io.trafficmirror.embedded.InstanceView;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.embedded.TargetView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares what there is in EC2 with what must be true. It knows the tags by which the product owns
 * a session, and nothing else of it.
 */
final class Judge {

  private static final String DEPLOYMENT = "prod";
  private static final String DEPLOYMENT_TAG = "traffic-mirror-pipeline:deployment";
  private static final String INSTANCE_TAG = "traffic-mirror-pipeline:instance";

  private final Map<String, TargetView> targets = new HashMap<>();
  private final Map<String, InstanceView> byInterface = new HashMap<>();
  private final List<String> lost = new ArrayList<>();
  private final List<String> doubled = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  private Judge(List<TargetView> targets, List<InstanceView> instances) {
    targets.forEach(target -> this.targets.put(target.targetId(), target));
    instances.forEach(
        instance ->
            instance
                .primaryInterface()
                .ifPresent(eni -> byInterface.put(eni.interfaceId(), instance)));
  }

  /** Whether the product says that a session is its own. */
  static boolean isOurs(SessionView session) {
    return DEPLOYMENT.equals(session.tags().get(DEPLOYMENT_TAG));
  }

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
    Judge judge = new Judge(targets, instances);
    Map<String, List<SessionView>> byInterface = new HashMap<>();
    for (SessionView session : sessions) {
      byInterface.computeIfAbsent(session.interfaceId(), id -> new ArrayList<>()).add(session);
    }
    Set<String> known = new HashSet<>();
    for (Expectation expectation : expectations) {
      known.add(expectation.interfaceId());
      judge.judge(expectation, byInterface.getOrDefault(expectation.interfaceId(), List.of()));
    }
    sessions.stream()
        .filter(session -> !known.contains(session.interfaceId()))
        .forEach(session -> judge.wrong.add(session + " is on an interface of nobody that lives"));
    return new Findings(judge.lost, judge.doubled, judge.wrong);
  }

  private void judge(Expectation expectation, List<SessionView> there) {
    foreign(expectation, there);
    List<SessionView> ours = there.stream().filter(Judge::isOurs).toList();
    if (ours.size() > 1) {
      doubled.add(expectation + " has " + ours);
    }
    switch (expectation.rule()) {
      case NEVER -> ours.forEach(it -> wrong.add(expectation + " must have none, has " + it));
      case MUST -> {
        if (ours.isEmpty()) {
          lost.add(expectation + " has no session");
        }
        ours.forEach(session -> session(expectation, session));
      }
      case MAY -> ours.forEach(session -> session(expectation, session));
    }
  }

  private void session(Expectation expectation, SessionView session) {
    if (expectation.acceptable().stream().noneMatch(entry -> isFor(entry, session))) {
      wrong.add(expectation + " has another target or filter: " + session);
    }
    if (!expectation.allows(session.number())) {
      wrong.add(expectation + " has another session number: " + session);
    }
    if (!expectation.instance().equals(session.tags().get(INSTANCE_TAG))) {
      wrong.add(expectation + " has a session that names another instance: " + session);
    }
  }

  private boolean isFor(Entry entry, SessionView session) {
    return entry.filter().equals(session.filterId())
        && entry
            .target()
            .map(session.targetId()::equals)
            .orElseGet(() -> isSensorOnDemand(session.targetId()));
  }

  /** A target of the pool: on a living instance that was launched as the policy says. */
  private boolean isSensorOnDemand(String targetId) {
    Optional<InstanceView> instance =
        Optional.ofNullable(targets.get(targetId))
            .flatMap(TargetView::interfaceId)
            .flatMap(eni -> Optional.ofNullable(byInterface.get(eni)));
    return instance.filter(Judge::isSensor).filter(Judge::isUp).isPresent();
  }

  private static boolean isUp(InstanceView instance) {
    return instance.state().equals("running") || instance.state().equals("pending");
  }

  static boolean isSensor(InstanceView instance) {
    return instance.type().equals(Entry.SENSOR_TYPE)
        && instance.subnetId().equals(Optional.of(Entry.SENSORS_SUBNET))
        && instance.launch().imageId().equals(Optional.of(Entry.SENSOR_IMAGE))
        && instance
            .primaryInterface()
            .filter(eni -> eni.securityGroupIds().equals(List.of(Entry.SENSOR_GROUP)))
            .isPresent();
  }

  private void foreign(Expectation expectation, List<SessionView> there) {
    List<SessionView> foreign = there.stream().filter(session -> !isOurs(session)).toList();
    List<String> ids = foreign.stream().map(SessionView::sessionId).toList();
    if (!ids.equals(expectation.foreign().stream().toList())) {
      wrong.add(expectation + " has these foreign sessions: " + foreign);
    }
    foreign.stream()
        .filter(session -> !Foreign.isUntouched(session))
        .forEach(session -> wrong.add("a foreign session was changed: " + session));
  }
}
