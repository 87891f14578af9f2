package io.trafficmirror.harness;

import io.trafficmirror.embedded.SessionView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Compares the sessions of a deployment with the expected ones. It knows the tags by which the
 * product owns a session, and nothing else of it.
 */
public final class Judge {

  private static final String DEPLOYMENT_TAG = "traffic-mirror-pipeline:deployment";
  private static final String INSTANCE_TAG = "traffic-mirror-pipeline:instance";

  /** How many sessions an interface has. */
  public enum Rule {
    /** One. */
    MUST,
    /** None or one. */
    MAY,
    /** None. */
    NEVER
  }

  /**
   * An acceptable session.
   *
   * @param target the id of its target, or the place of a pool's targets
   * @param filter its filter
   */
  public record Wanted(String target, String filter) {}

  /**
   * What is true of one interface.
   *
   * @param instance whose primary interface it is
   * @param source the interface
   * @param rule how many sessions it has
   * @param wanted its session is one of these
   * @param numbers its session has one of these numbers; empty where any will do
   * @param namesItsInstance whether its session has the instance's id in its tags; false for one
   *     that the test has put without it
   */
  public record Expected(
      String instance,
      String source,
      Rule rule,
      List<Wanted> wanted,
      List<Integer> numbers,
      boolean namesItsInstance) {

    /** With a session that has the instance's id in its tags. */
    public Expected(
        String instance, String source, Rule rule, List<Wanted> wanted, List<Integer> numbers) {
      this(instance, source, rule, wanted, numbers, true);
    }

    /** Copies the lists. */
    public Expected {
      wanted = List.copyOf(wanted);
      numbers = List.copyOf(numbers);
    }

    /** Exactly this session. */
    public static Expected session(
        String instance, String source, String target, String filter, Integer... numbers) {
      return new Expected(
          instance, source, Rule.MUST, List.of(new Wanted(target, filter)), List.of(numbers));
    }

    /** The same, but its session has no tag with the instance's id. */
    public Expected withoutInstanceTag() {
      return new Expected(instance, source, rule, wanted, numbers, false);
    }

    /** No session. */
    public static Expected none(String instance, String source) {
      return new Expected(instance, source, Rule.NEVER, List.of(), List.of());
    }
  }

  private final UnaryOperator<String> places;
  private final Set<String> right = new LinkedHashSet<>();
  private final List<String> lost = new ArrayList<>();
  private final List<String> doubled = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  /**
   * Judges all sessions.
   *
   * @param expected every interface that may have a session; no other has one
   * @param sessions all sessions of the deployment
   * @param places the place of a target's pool by the target's id; the id itself for other targets
   */
  public Judge(
      Collection<Expected> expected,
      Collection<SessionView> sessions,
      UnaryOperator<String> places) {
    this.places = places;
    Map<String, List<SessionView>> bySource = new LinkedHashMap<>();
    for (SessionView session : sessions) {
      bySource.computeIfAbsent(session.interfaceId(), id -> new ArrayList<>()).add(session);
    }
    Set<String> known = new HashSet<>();
    for (Expected each : expected) {
      known.add(each.source());
      judge(each, bySource.getOrDefault(each.source(), List.of()));
    }
    sessions.stream()
        .filter(session -> !known.contains(session.interfaceId()))
        .forEach(session -> wrong.add(session + " is on an interface that must have none"));
  }

  private void judge(Expected expected, List<SessionView> there) {
    if (there.isEmpty() && expected.rule() == Rule.MUST) {
      lost.add(expected.instance() + " has no session on " + expected.source());
    }
    there.stream()
        .skip(1)
        .forEach(more -> doubled.add(expected.instance() + " has more than one: " + more));
    for (SessionView session : there) {
      List<String> differences = differences(expected, session);
      if (differences.isEmpty()) {
        right.add(expected.instance());
      } else {
        wrong.add("%s: another %s: %s".formatted(expected, differences, session));
      }
    }
  }

  private List<String> differences(Expected expected, SessionView session) {
    List<String> differences = new ArrayList<>();
    String place = places.apply(session.targetId());
    if (!expected.wanted().contains(new Wanted(place, session.filterId()))) {
      differences.add("target or filter, to " + place);
    }
    if (!expected.numbers().isEmpty() && !expected.numbers().contains(session.number())) {
      differences.add("number");
    }
    Optional<String> named = Optional.ofNullable(session.tags().get(INSTANCE_TAG));
    if (!named.equals(Optional.of(expected.instance()).filter(i -> expected.namesItsInstance()))) {
      differences.add("instance");
    }
    return differences;
  }

  /** What is not as it should be. */
  public Findings findings() {
    return new Findings(lost, doubled, wrong);
  }

  /** The instances that have the session that they should have. */
  public Set<String> right() {
    return right;
  }

  /** Whether the deployment owns whatever has these tags. */
  public static boolean isOurs(Map<String, String> tags) {
    return Deployment.NAME.equals(tags.get(DEPLOYMENT_TAG));
  }

  /** The tags of a session of the deployment, for a test that puts one. */
  public static Map<String, String> ours(String instance) {
    return Map.of(DEPLOYMENT_TAG, Deployment.NAME, INSTANCE_TAG, instance);
  }

  /** The same without the instance, as another version of the product may have left it. */
  public static Map<String, String> oursWithoutInstance() {
    return Map.of(DEPLOYMENT_TAG, Deployment.NAME);
  }
}
