package io.trafficmirror.embedded;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * EC2's throttling: a token bucket for each action, one account's in one Region (EC2 API developer
 * guide, "Request throttling"). Off until {@link #asDocumented} or {@link #limit}; a call that
 * meets an empty bucket is refused with {@code RequestLimitExceeded} (503) before it has any
 * effect. Safe for use by several threads.
 */
public final class Throttles {

  /**
   * A bucket.
   *
   * @param burst how many tokens it holds
   * @param refillPerSecond how many come back a second
   */
  public record Limit(double burst, double refillPerSecond) {}

  private static final Limit READ = new Limit(100, 20);
  private static final Limit UNFILTERED_READ = new Limit(50, 10);
  private static final Limit WRITE = new Limit(50, 5);

  /** The reads that have a smaller bucket where they have neither filters nor pagination. */
  private static final Set<String> COSTLY_UNFILTERED =
      Set.of(
          "DescribeInstances",
          "DescribeInstanceStatus",
          "DescribeNetworkInterfaces",
          "DescribeSecurityGroups",
          "DescribeSnapshots",
          "DescribeSpotInstanceRequests",
          "DescribeVolumes");

  private static final Map<String, Limit> NAMED =
      Map.of(
          "CreateTags", new Limit(100, 10),
          "DeleteTags", new Limit(100, 10),
          "CreateNetworkInterface", new Limit(100, 5),
          "RunInstances", new Limit(5, 2),
          "StartInstances", new Limit(5, 2),
          "TerminateInstances", new Limit(100, 5));

  private static final Map<String, Limit> RESOURCES =
      Map.of(
          "RunInstances", new Limit(1000, 2),
          "StartInstances", new Limit(1000, 2),
          "TerminateInstances", new Limit(1000, 20),
          "StopInstances", new Limit(1000, 20));

  private final Random random;
  private final Map<String, Limit> set = new HashMap<>();
  private final Map<String, TokenBucket> buckets = new HashMap<>();
  private boolean documented;
  private double share;

  /** Off; the neighbour's moments are drawn from the seed. */
  Throttles(long seed) {
    this.random = new Random(seed);
  }

  /** From now on every action has its documented bucket, full. */
  public synchronized Throttles asDocumented() {
    documented = true;
    buckets.clear();
    return this;
  }

  /** From now on an action has this bucket, full, whatever is documented. */
  public synchronized Throttles limit(String action, Limit limit) {
    set.put(action, limit);
    buckets.remove(requests(action));
    return this;
  }

  /**
   * From now on a neighbour takes a share of what comes into each bucket, in lumps and before
   * anybody else.
   *
   * @param takes 0 for nobody, less than 1
   * @param now by the clock of embedded AWS
   */
  public synchronized Throttles neighbour(double takes, Instant now) {
    if (takes < 0 || takes >= 1) {
      throw new IllegalArgumentException("A neighbour takes 0 to less than 1, not " + takes);
    }
    share = takes;
    buckets.values().forEach(bucket -> bucket.share(takes, now));
    return this;
  }

  /** From now on nothing is throttled. */
  public synchronized Throttles off() {
    documented = false;
    set.clear();
    buckets.clear();
    return this;
  }

  /**
   * Whether a call is let in; takes its tokens where it is.
   *
   * @param filtered whether it has filters or pagination
   * @param resources how many instances it starts, stops, launches or terminates; else 0
   */
  public synchronized boolean admit(String action, boolean filtered, int resources, Instant now) {
    if (!documented && !set.containsKey(action)) {
      return true;
    }
    boolean small = !filtered && COSTLY_UNFILTERED.contains(action);
    String name = small ? requests(action) + " unfiltered" : requests(action);
    TokenBucket calls = bucket(name, set.getOrDefault(action, documented(action, filtered)), now);
    boolean counted = documented && resources > 0 && RESOURCES.containsKey(action);
    if (calls.tokens(now) < 1) {
      return false;
    }
    if (counted) {
      TokenBucket instances =
          bucket(action + " resources", RESOURCES.getOrDefault(action, WRITE), now);
      if (instances.tokens(now) < resources) {
        return false;
      }
      instances.take(resources);
    }
    calls.take(1);
    return true;
  }

  private TokenBucket bucket(String name, Limit limit, Instant now) {
    return buckets.computeIfAbsent(
        name, n -> new TokenBucket(limit.burst(), limit.refillPerSecond(), share, now, random));
  }

  private static String requests(String action) {
    return action + " requests";
  }

  private static Limit documented(String action, boolean filtered) {
    if (NAMED.containsKey(action)) {
      return NAMED.getOrDefault(action, WRITE);
    }
    if (!action.startsWith("Describe")) {
      return WRITE;
    }
    return filtered || !COSTLY_UNFILTERED.contains(action) ? READ : UNFILTERED_READ;
  }
}
