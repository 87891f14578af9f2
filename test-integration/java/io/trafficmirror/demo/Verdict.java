package io.trafficmirror.demo;

import io.trafficmirror.demo.Expectation.Mirrored;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.harness.Findings;
import io.trafficmirror.harness.Judge;
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
 * How the sessions that are there compare with those that should be.
 *
 * @param mirrored instances with exactly the right session
 * @param missed instances that have none where they should have one
 * @param wrong sessions with another target, filter or interface than they should have, or on an
 *     instance that should have none
 * @param doubled sessions beyond the first on an interface
 * @param byEntry the mirrored ones by policy entry
 * @param complaints what is missed, wrong or doubled, one line each, at most {@value #MAX_SHOWN}
 */
record Verdict(
    int mirrored,
    int missed,
    int wrong,
    int doubled,
    Map<String, Integer> byEntry,
    List<String> complaints) {

  /** As many lines as somebody reads. */
  private static final int MAX_SHOWN = 20;

  /** Copies the collections. */
  Verdict {
    byEntry = new TreeMap<>(byEntry);
    complaints = List.copyOf(complaints);
  }

  /**
   * A session that the pipeline made.
   *
   * @param id its id
   * @param source the interface that it mirrors
   * @param target where to
   * @param filter through which filter
   */
  record Seen(String id, String source, String target, String filter) {}

  /** Whether nothing is missed, wrong or doubled. */
  boolean isGood() {
    return missed == 0 && wrong == 0 && doubled == 0;
  }

  /**
   * Compares.
   *
   * @param expectation what should be
   * @param seen the managed sessions that are there
   */
  static Verdict of(Expectation expectation, Collection<Seen> seen) {
    Map<String, String> instances = new HashMap<>();
    Map<String, String> entries = new HashMap<>();
    List<Judge.Expected> expected = new ArrayList<>();
    expectation
        .byInstance()
        .forEach(
            (instance, wanted) -> {
              if (wanted instanceof Mirrored(var entry, var source, var target, var filter)) {
                instances.put(source, instance);
                entries.put(instance, entry);
                expected.add(Judge.Expected.session(instance, source, target, filter));
              }
            });
    List<SessionView> sessions =
        seen.stream()
            .map(
                s ->
                    new SessionView(
                        s.id(),
                        s.source(),
                        s.target(),
                        s.filter(),
                        0,
                        Judge.ours(instances.getOrDefault(s.source(), "")),
                        Instant.EPOCH))
            .toList();
    Judge judge = new Judge(expected, sessions, UnaryOperator.identity());
    Map<String, Integer> byEntry = new TreeMap<>();
    judge.right().stream().map(entries::get).forEach(it -> byEntry.merge(it, 1, Integer::sum));
    Findings findings = judge.findings();
    return new Verdict(
        judge.right().size(),
        findings.lost().size(),
        findings.wrong().size(),
        findings.doubled().size(),
        byEntry,
        Stream.of(
                findings.lost().stream().map(line -> "missed: " + line),
                findings.wrong().stream().map(line -> "wrong: " + line),
                findings.doubled().stream().map(line -> "doubled: " + line))
            .flatMap(lines -> lines)
            .limit(MAX_SHOWN)
            .toList());
  }
}
