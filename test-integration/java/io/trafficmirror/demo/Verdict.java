package io.trafficmirror.demo;

import io.trafficmirror.demo.Expectation.Expected;
import io.trafficmirror.demo.Expectation.Mirrored;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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
    return new Count(expectation, seen).verdict();
  }

  /** The counting, which goes over the sessions once and over the instances once. */
  private static final class Count {
    private final Map<String, Mirrored> wantedBySource = new HashMap<>();
    private final Map<String, String> instanceBySource = new HashMap<>();
    private final Set<String> occupied = new HashSet<>();
    private final Map<String, Integer> byEntry = new TreeMap<>();
    private final List<String> complaints = new ArrayList<>();
    private int mirrored;
    private int missed;
    private int wrong;
    private int doubled;

    Count(Expectation expectation, Collection<Seen> seen) {
      for (Map.Entry<String, Expected> entry : expectation.byInstance().entrySet()) {
        if (entry.getValue() instanceof Mirrored wanted) {
          wantedBySource.put(wanted.source(), wanted);
          instanceBySource.put(wanted.source(), entry.getKey());
        }
      }
      seen.forEach(this::judge);
      instanceBySource.forEach(
          (source, instance) -> {
            if (!occupied.contains(source)) {
              missed++;
              complain("missed: " + instance + " has no session on " + source);
            }
          });
    }

    private void judge(Seen session) {
      if (!occupied.add(session.source())) {
        doubled++;
        complain("doubled: " + session.id() + " is one too many on " + session.source());
        return;
      }
      Mirrored wanted = wantedBySource.get(session.source());
      if (wanted == null) {
        wrong++;
        complain("wrong: " + session.id() + " mirrors " + session.source() + ", unasked");
      } else if (!wanted.target().equals(session.target())
          || !wanted.filter().equals(session.filter())) {
        wrong++;
        complain(
            "wrong: %s on %s goes to %s through %s, expected %s through %s"
                .formatted(
                    session.id(),
                    session.source(),
                    session.target(),
                    session.filter(),
                    wanted.target(),
                    wanted.filter()));
      } else {
        mirrored++;
        byEntry.merge(wanted.entry(), 1, Integer::sum);
      }
    }

    private void complain(String line) {
      if (complaints.size() < MAX_SHOWN) {
        complaints.add(line);
      }
    }

    Verdict verdict() {
      return new Verdict(mirrored, missed, wrong, doubled, byEntry, complaints);
    }
  }
}
