package io.trafficmirror.soak;

import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.harness.DeliveryTracker;
import io.trafficmirror.harness.Discrepancies;
import io.trafficmirror.harness.RunningDeployment;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Records deliveries, sessions and memory during a soak, so that embedded AWS can discard its
 * history. Otherwise the growth of embedded AWS would hide that of the product. Not thread-safe.
 */
final class SoakMonitor {

  /** EC2 shows terminated instances for "a short while, usually less than an hour" (User Guide). */
  private static final Duration TERMINATED_SHOWN = Duration.ofMinutes(5);

  private static final Duration RECORDS_KEPT = Duration.ofMinutes(5);

  /** Short, because batches in progress make single samples vary. */
  static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(20);

  private final RunningDeployment world;
  private final SoakFleet fleet;
  private final Duration duration;
  private final DeliveryTracker records = new DeliveryTracker();
  private final SessionWatch sessionWatch = new SessionWatch();
  private final List<Sample> samples = new ArrayList<>();
  private Optional<Histogram> middle = Optional.empty();
  private Optional<Histogram> last = Optional.empty();

  SoakMonitor(RunningDeployment world, SoakFleet fleet, Duration duration) {
    this.world = world;
    this.fleet = fleet;
    this.duration = duration;
  }

  /** Records everything new, then discards old state of embedded AWS. */
  void everyMinute() {
    records.update(world.records(), world.mapping().takeDeliveries());
    Set<String> interfaces =
        fleet.living().stream().map(instance -> instance.primary).collect(Collectors.toSet());
    sessionWatch.observe(world.aws().ec2().sessions(), interfaces);
    world
        .aws()
        .kinesis()
        .forgetBefore(RunningDeployment.STREAM, world.clock().instant().minus(RECORDS_KEPT));
    world.aws().ec2().forgetTerminated(TERMINATED_SHOWN);
  }

  /** Measures the memory after a full garbage collection. */
  Sample sample(Duration at) {
    Histogram histogram = Histogram.take();
    if (at.multipliedBy(2).compareTo(duration) <= 0) {
      middle = Optional.of(histogram);
    }
    last = Optional.of(histogram);
    List<SessionView> sessions = world.aws().ec2().sessions();
    Sample sample =
        new Sample(
            at,
            histogram.heapBytes(),
            histogram.productBytes(),
            world.functions().protectedHandler().map(RetainedObjects::of).orElse(0L),
            world.functions().liveEnvironments(),
            world.functions().environments(),
            world.functions().killed(),
            ManagementFactory.getThreadMXBean().getThreadCount(),
            fleet.size(),
            sessions.size());
    samples.add(sample);
    return sample;
  }

  Discrepancies judge() {
    int everPut = world.aws().kinesis().count(RunningDeployment.STREAM);
    int givenUp = world.mapping().dropped() - world.mapping().destinationDeliveryFailures();
    return records.discrepancies(everPut, givenUp).and(sessionWatch.findings());
  }

  DeliveryTracker records() {
    return records;
  }

  List<Sample> samples() {
    return List.copyOf(samples);
  }

  /** The product's classes with the most growth between the middle and the end. */
  List<String> grown(int most) {
    Map<String, Long> before = middle.map(Histogram::byClass).orElse(Map.of());
    return last.map(Histogram::byClass).orElse(Map.of()).entrySet().stream()
        .map(now -> Map.entry(now.getKey(), now.getValue() - before.getOrDefault(now.getKey(), 0L)))
        .filter(growth -> growth.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(most)
        .map(growth -> "%s +%,d bytes".formatted(growth.getKey(), growth.getValue()))
        .toList();
  }
}
