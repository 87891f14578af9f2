package io.trafficmirror.embedded;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * EC2's API throttling: one token bucket per action, for one account in one AWS Region (EC2 API
 * developer guide, "Request throttling"). Off until {@link #asDocumented} or {@link #limit}. If the
 * bucket is empty, a call fails with {@code RequestLimitExceeded} (503) before any effect.
 * Thread-safe.
 */
public final class Throttles {

  /**
   * The size of a bucket.
   *
   * @param burst its maximum number of tokens
   * @param refillPerSecond the tokens added per second
   */
  public record Limit(double burst, double refillPerSecond) {}

  private static final Limit READ = new Limit(100, 20);
  private static final Limit UNFILTERED_READ = new Limit(50, 10);
  private static final Limit WRITE = new Limit(50, 5);

  /** Reads that have a smaller bucket without filters and pagination. */
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

  /**
   * Creates it, off.
   *
   * @param seed the seed of the neighbour's calls
   */
  Throttles(long seed) {
    this.random = new Random(seed);
  }

  /** Gives every action its documented bucket, full. */
  public synchronized Throttles asDocumented() {
    documented = true;
    buckets.clear();
    return this;
  }

  /** Gives an action this bucket, full, whatever is documented. */
  public synchronized Throttles limit(String action, Limit limit) {
    set.put(action, limit);
    buckets.remove(requests(action));
    return this;
  }

  /**
   * Lets a neighbour, another client of the account, take a share of each bucket's refill, in
   * bursts and before all other callers.
   *
   * @param takes 0 for none, less than 1
   * @param now on embedded AWS's clock
   */
  public synchronized Throttles neighbour(double takes, Instant now) {
    if (takes < 0 || takes >= 1) {
      throw new IllegalArgumentException("The share must be 0 to less than 1, not " + takes);
    }
    share = takes;
    buckets.values().forEach(bucket -> bucket.share(takes, now));
    return this;
  }

  /** Turns all throttling off. */
  public synchronized Throttles off() {
    documented = false;
    set.clear();
    buckets.clear();
    return this;
  }

  /**
   * Takes the tokens of a call and returns whether there were enough.
   *
   * @param filtered whether the call has filters or pagination
   * @param resources the number of instances that it starts, stops, launches or terminates;
   *     otherwise 0
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
