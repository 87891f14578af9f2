package io.trafficmirror.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts calls since the start or the last reset. Safe for use by several threads. */
public final class CallLog {

  private final SortedMap<String, SortedMap<String, SortedMap<String, Integer>>> counts =
      new TreeMap<>();
  private final List<String> unsupported = new ArrayList<>();

  CallLog() {}

  /**
   * How often each action of a service was asked for, whatever came of it.
   *
   * @param signingName the service, for example {@code ec2}
   * @return a copy, by action; empty where the service was never called
   */
  public synchronized Map<String, Integer> byAction(String signingName) {
    SortedMap<String, Integer> sums = new TreeMap<>();
    counts
        .getOrDefault(signingName, new TreeMap<>())
        .forEach(
            (action, results) ->
                sums.put(action, results.values().stream().mapToInt(Integer::intValue).sum()));
    return sums;
  }

  /**
   * How often each action of a service came to which result.
   *
   * @param signingName the service, for example {@code ec2}
   * @return a copy, by action and result; the result is {@code ok}, the error's code, {@code cut}
   *     for a connection that was cut before anything happened, or {@code crash} where the hook
   *     threw before the effect
   */
  public synchronized Map<String, Map<String, Integer>> byActionAndResult(String signingName) {
    SortedMap<String, Map<String, Integer>> copy = new TreeMap<>();
    counts
        .getOrDefault(signingName, new TreeMap<>())
        .forEach((action, results) -> copy.put(action, new TreeMap<>(results)));
    return copy;
  }

  /**
   * Every request that met something that embedded AWS does not have, one readable line each, in
   * the order in which they came. A test that stands on embedded AWS asserts that this is empty.
   */
  public synchronized List<String> refusedAsUnsupported() {
    return List.copyOf(unsupported);
  }

  /** Forgets everything. */
  public synchronized void reset() {
    counts.clear();
    unsupported.clear();
  }

  synchronized void count(String signingName, String action, String result) {
    counts
        .computeIfAbsent(signingName, name -> new TreeMap<>())
        .computeIfAbsent(action, name -> new TreeMap<>())
        .merge(result, 1, Integer::sum);
  }

  synchronized void unsupported(String line) {
    unsupported.add(line);
  }
}
