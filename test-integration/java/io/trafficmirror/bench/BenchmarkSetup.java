package io.trafficmirror.bench;

import io.trafficmirror.embedded.SharedClock;
import io.trafficmirror.embedded.SystemClock;
import io.trafficmirror.embedded.VirtualClock;
import io.trafficmirror.harness.DeploymentOptions;
import io.trafficmirror.harness.RunningDeployment;
import io.trafficmirror.harness.SourceFleet;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The setup of a benchmark: a deployment with the Terraform defaults, documented EC2 token buckets,
 * typical latencies, and optionally a neighbour that uses a share of the same API quota.
 */
final class BenchmarkSetup {

  /**
   * The refill rate of the bucket for CreateTrafficMirrorSession (EC2 developer guide, request
   * throttling).
   */
  static final double REFILL_PER_SECOND = 5;

  /** The capacity of that bucket. */
  static final double BURST = 50;

  static final int PAGE = 200;
  static final Duration PATIENCE = Duration.ofHours(6);

  final SharedClock clock;
  final RunningDeployment world;
  final SourceFleet fleet;
  final double share;
  private final long startedNanos = System.nanoTime();
  private final Instant startedAt;

  private BenchmarkSetup(SharedClock clock, int instances, double share, long seed) {
    this.clock = clock;
    this.share = share;
    world = RunningDeployment.create(clock, DeploymentOptions.asShipped().withSeed(seed));
    world.aws().ec2().throttles().asDocumented().neighbour(share, clock.instant());
    world.aws().latencies().typical();
    fleet = SourceFleet.of(world, instances);
    startedAt = clock.instant();
  }

  static BenchmarkSetup accelerated(int instances, double share, long seed) {
    return new BenchmarkSetup(new VirtualClock(), instances, share, seed);
  }

  static BenchmarkSetup unaccelerated(int instances, double share, long seed) {
    return new BenchmarkSetup(new SystemClock(), instances, share, seed);
  }

  /** Runs code on the clock. */
  <T> T play(Callable<T> body) throws Exception {
    return clock instanceof VirtualClock virtual ? virtual.run(body) : body.call();
  }

  /** The minimum time for this number of creates, starting with a full bucket. */
  double limitSeconds(double creates) {
    return Math.max(0, creates - BURST) / (REFILL_PER_SECOND * (1 - share));
  }

  /** The ratio of virtual to real time. */
  double speedUp() {
    double real = (System.nanoTime() - startedNanos) / 1e9;
    return Duration.between(startedAt, clock.instant()).toMillis() / 1e3 / real;
  }

  double secondsUntilAllAreMirrored(Instant from) {
    return seconds(from, last(fleet.mirroredAt().values(), from));
  }

  static Instant last(Collection<Instant> moments, Instant otherwise) {
    return moments.stream().max(Instant::compareTo).orElse(otherwise);
  }

  static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1e3;
  }

  int calls() {
    return world.aws().calls().byAction("ec2").values().stream().mapToInt(n -> n).sum();
  }

  int throttled() {
    return world.aws().calls().byActionAndResult("ec2").values().stream()
        .mapToInt(results -> results.getOrDefault("RequestLimitExceeded", 0))
        .sum();
  }

  Map<String, Integer> callsByAction() {
    return world.aws().calls().byAction("ec2");
  }

  /** The nearest-rank percentile; 0 for no values. */
  static double percentile(List<Double> values, int percent) {
    List<Double> sorted = values.stream().sorted().toList();
    int rank = Math.ceilDiv(sorted.size() * percent, 100);
    return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, rank - 1));
  }
}
