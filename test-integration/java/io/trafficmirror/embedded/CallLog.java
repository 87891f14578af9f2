package io.trafficmirror.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts calls since the start or the last reset. Thread-safe. */
public final class CallLog {

  private final SortedMap<String, SortedMap<String, SortedMap<String, Integer>>> counts =
      new TreeMap<>();
  private final List<String> unsupported = new ArrayList<>();

  CallLog() {}

  /**
   * The number of calls of each action, whatever their result.
   *
   * @param signingName the service, for example {@code ec2}
   * @return a copy, by action; empty if the service was never called
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
   * The number of calls of each action, by result.
   *
   * @param signingName the service, for example {@code ec2}
   * @return a copy, by action and result; the result is {@code ok}, an error code, {@code cut},
   *     {@code unknown-host} or {@code timed-out} for a fault before the effect, or {@code crash}
   *     if the hook threw before the effect
   */
  public synchronized Map<String, Map<String, Integer>> byActionAndResult(String signingName) {
    SortedMap<String, Map<String, Integer>> copy = new TreeMap<>();
    counts
        .getOrDefault(signingName, new TreeMap<>())
        .forEach((action, results) -> copy.put(action, new TreeMap<>(results)));
    return copy;
  }

  /**
   * Every request for something that embedded AWS does not implement, one readable line each, in
   * order of arrival. Tests that use embedded AWS assert that this is empty.
   */
  public synchronized List<String> refusedAsUnsupported() {
    return List.copyOf(unsupported);
  }

  /** Clears the log. */
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
