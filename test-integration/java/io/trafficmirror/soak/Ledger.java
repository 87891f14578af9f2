package io.trafficmirror.soak;

import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.harness.Findings;
import io.trafficmirror.harness.Records;
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
 * What is written down while a soak goes on, so that embedded AWS can forget it: else it would keep
 * everything for ever, and hide behind its own growth whether the product grows. For one thread.
 */
final class Ledger {

  /** EC2 shows terminated instances for "a short while, usually less than an hour" (User Guide). */
  private static final Duration TERMINATED_SHOWN = Duration.ofMinutes(5);

  private static final Duration RECORDS_KEPT = Duration.ofMinutes(5);

  /** Batches under way make single samples restless, so there are many. */
  static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(20);

  private final RunningDeployment world;
  private final Population fleet;
  private final Duration duration;
  private final Records records = new Records();
  private final Watch watch = new Watch();
  private final List<Sample> samples = new ArrayList<>();
  private Optional<Histogram> middle = Optional.empty();
  private Optional<Histogram> last = Optional.empty();

  Ledger(RunningDeployment world, Population fleet, Duration duration) {
    this.world = world;
    this.fleet = fleet;
    this.duration = duration;
  }

  /** Looks at what is new, then lets embedded AWS forget what is old. */
  void everyMinute() {
    records.update(world.records(), world.mapping().takeDeliveries());
    Set<String> interfaces =
        fleet.living().stream().map(machine -> machine.primary).collect(Collectors.toSet());
    watch.look(world.aws().ec2().sessions(), interfaces);
    world
        .aws()
        .kinesis()
        .forgetBefore(RunningDeployment.STREAM, world.clock().instant().minus(RECORDS_KEPT));
    world.aws().ec2().forgetTerminated(TERMINATED_SHOWN);
  }

  /** Collects all garbage and looks at what is left. */
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
            world.functions().protectedHandler().map(Holdings::of).orElse(0L),
            world.functions().liveEnvironments(),
            world.functions().environments(),
            world.functions().killed(),
            ManagementFactory.getThreadMXBean().getThreadCount(),
            fleet.size(),
            sessions.size());
    samples.add(sample);
    return sample;
  }

  Findings judge() {
    int everPut = world.aws().kinesis().count(RunningDeployment.STREAM);
    int givenUp = world.mapping().dropped() - world.mapping().destinationDeliveryFailures();
    return records.discrepancies(everPut, givenUp).and(watch.findings());
  }

  Records records() {
    return records;
  }

  List<Sample> samples() {
    return List.copyOf(samples);
  }

  /** The product's classes that grew most between the middle and the end. */
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
