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
 * Compares the sessions of a deployment with the expected ones. Shares no code with the product and
 * knows only the tags that mark a session as the deployment's.
 */
public final class SessionCheck {

  private static final String DEPLOYMENT_TAG = "traffic-mirror-pipeline:deployment";
  private static final String INSTANCE_TAG = "traffic-mirror-pipeline:instance";

  /** The expected number of sessions on an interface. */
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
   * @param target the target id, or the place of a pool for any target of the pool
   * @param filter the filter id
   */
  public record Wanted(String target, String filter) {}

  /**
   * The expected state of an interface.
   *
   * @param instance the instance whose primary interface it is
   * @param source the interface
   * @param rule the number of sessions
   * @param wanted the acceptable sessions
   * @param numbers the acceptable session numbers; empty to accept any
   * @param hasInstanceTag whether the tags of the session contain the instance id; false for a
   *     session that a test created without it
   */
  public record Expected(
      String instance,
      String source,
      Rule rule,
      List<Wanted> wanted,
      List<Integer> numbers,
      boolean hasInstanceTag) {

    /** Expects the tags of the session to contain the instance id. */
    public Expected(
        String instance, String source, Rule rule, List<Wanted> wanted, List<Integer> numbers) {
      this(instance, source, rule, wanted, numbers, true);
    }

    public Expected {
      wanted = List.copyOf(wanted);
      numbers = List.copyOf(numbers);
    }

    /** Expects exactly this session. */
    public static Expected session(
        String instance, String source, String target, String filter, Integer... numbers) {
      return new Expected(
          instance, source, Rule.MUST, List.of(new Wanted(target, filter)), List.of(numbers));
    }

    /** The same expectation without the instance id in the tags of the session. */
    public Expected withoutInstanceTag() {
      return new Expected(instance, source, rule, wanted, numbers, false);
    }

    /** Expects no session. */
    public static Expected none(String instance, String source) {
      return new Expected(instance, source, Rule.NEVER, List.of(), List.of());
    }
  }

  private final UnaryOperator<String> places;
  private final Set<String> matching = new LinkedHashSet<>();
  private final List<String> lost = new ArrayList<>();
  private final List<String> doubled = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  /**
   * Compares all sessions.
   *
   * @param expected the expectations; all other interfaces must have no session
   * @param sessions all sessions of the deployment
   * @param places maps a target id to the place of its pool; all other target ids to themselves
   */
  public SessionCheck(
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
      compare(each, bySource.getOrDefault(each.source(), List.of()));
    }
    sessions.stream()
        .filter(session -> !known.contains(session.interfaceId()))
        .forEach(session -> wrong.add(session + " is on an interface that must have no session"));
  }

  private void compare(Expected expected, List<SessionView> actual) {
    if (actual.isEmpty() && expected.rule() == Rule.MUST) {
      lost.add(expected.instance() + " has no session on " + expected.source());
    }
    actual.stream()
        .skip(1)
        .forEach(more -> doubled.add(expected.instance() + " has an additional session: " + more));
    for (SessionView session : actual) {
      List<String> differences = differences(expected, session);
      if (differences.isEmpty()) {
        matching.add(expected.instance());
      } else {
        wrong.add("%s: unexpected %s: %s".formatted(expected, differences, session));
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
    if (!named.equals(Optional.of(expected.instance()).filter(i -> expected.hasInstanceTag()))) {
      differences.add("instance");
    }
    return differences;
  }

  /** The differences. */
  public Discrepancies discrepancies() {
    return new Discrepancies(lost, doubled, wrong);
  }

  /** The instances with their expected session. */
  public Set<String> matching() {
    return matching;
  }

  /** Whether a resource with these tags belongs to the deployment. */
  public static boolean isManaged(Map<String, String> tags) {
    return Deployment.NAME.equals(tags.get(DEPLOYMENT_TAG));
  }

  /** The tags of a session of the deployment, for tests that create one. */
  public static Map<String, String> managedTags(String instance) {
    return Map.of(DEPLOYMENT_TAG, Deployment.NAME, INSTANCE_TAG, instance);
  }

  /**
   * The same tags without the instance id, as another version of the product may have left them.
   */
  public static Map<String, String> managedTagsWithoutInstance() {
    return Map.of(DEPLOYMENT_TAG, Deployment.NAME);
  }
}
