package io.trafficmirror.demo;

import io.trafficmirror.demo.Expectation.Mirrored;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.harness.Discrepancies;
import io.trafficmirror.harness.SessionCheck;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The comparison of the actual with the expected sessions.
 *
 * @param mirrored the number of instances with exactly the expected session
 * @param missed the number of instances without their expected session
 * @param wrong the number of sessions with an unexpected target, filter or interface, or on an
 *     instance that must have none
 * @param doubled the number of additional sessions on an interface
 * @param byEntry the number of mirrored instances by policy entry
 * @param complaints the discrepancies, one line each, at most {@value #MAX_SHOWN}
 */
record Verdict(
    int mirrored,
    int missed,
    int wrong,
    int doubled,
    Map<String, Integer> byEntry,
    List<String> complaints) {

  /** The maximum number of lines. */
  private static final int MAX_SHOWN = 20;

  Verdict {
    byEntry = new TreeMap<>(byEntry);
    complaints = List.copyOf(complaints);
  }

  /**
   * A session that the pipeline created.
   *
   * @param id its id
   * @param source the mirrored interface
   * @param target its target
   * @param filter its filter
   */
  record ActualSession(String id, String source, String target, String filter) {}

  /** Whether nothing is missed, wrong or doubled. */
  boolean isGood() {
    return missed == 0 && wrong == 0 && doubled == 0;
  }

  /**
   * Compares the sessions.
   *
   * @param expectation the expected state
   * @param actual the sessions of the deployment
   */
  static Verdict of(Expectation expectation, Collection<ActualSession> actual) {
    Map<String, String> instances = new HashMap<>();
    Map<String, String> entries = new HashMap<>();
    List<SessionCheck.Expected> expected = new ArrayList<>();
    expectation
        .byInstance()
        .forEach(
            (instance, wanted) -> {
              if (wanted instanceof Mirrored(var entry, var source, var target, var filter)) {
                instances.put(source, instance);
                entries.put(instance, entry);
                expected.add(SessionCheck.Expected.session(instance, source, target, filter));
              }
            });
    List<SessionView> sessions =
        actual.stream()
            .map(
                s ->
                    new SessionView(
                        s.id(),
                        s.source(),
                        s.target(),
                        s.filter(),
                        0,
                        SessionCheck.managedTags(instances.getOrDefault(s.source(), "")),
                        Instant.EPOCH))
            .toList();
    SessionCheck check = new SessionCheck(expected, sessions, UnaryOperator.identity());
    Map<String, Integer> byEntry = new TreeMap<>();
    check.matching().stream().map(entries::get).forEach(it -> byEntry.merge(it, 1, Integer::sum));
    Discrepancies discrepancies = check.discrepancies();
    return new Verdict(
        check.matching().size(),
        discrepancies.lost().size(),
        discrepancies.wrong().size(),
        discrepancies.doubled().size(),
        byEntry,
        Stream.of(
                discrepancies.lost().stream().map(line -> "missed: " + line),
                discrepancies.wrong().stream().map(line -> "wrong: " + line),
                discrepancies.doubled().stream().map(line -> "doubled: " + line))
            .flatMap(lines -> lines)
            .limit(MAX_SHOWN)
            .toList());
  }
}
