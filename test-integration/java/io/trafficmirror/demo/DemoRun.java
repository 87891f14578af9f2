package io.trafficmirror.demo;

import io.trafficmirror.demo.Expectation.Mirrored;
import io.trafficmirror.demo.HandlerLog.Slot;
import io.trafficmirror.demo.Summary.RunInputs;
import io.trafficmirror.demo.Verdict.Seen;
import io.trafficmirror.harness.AwsEvent;
import io.trafficmirror.harness.TargetPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One run of the demo: backfill of what exists, a burst of launches, findings, and a second
 * backfill, which should find nothing to do. Launches and findings are about instances that the run
 * invents: where it is asked what would become of a fleet, it ends after the first backfill. Not
 * safe for use by several threads; runs once.
 */
final class DemoRun {

  /** How many instances a page of the backfill asks for. */
  private static final int PAGE_SIZE = 200;

  /** An eighth is left for launches and findings (AWS: 10,000 sessions an account). */
  private static final int MAX_EXPECTED = 8_750;

  /** The longest that a part of the run may take; a part that hangs is a defect to be reported. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  /** A record that can never be parsed. */
  private static final String POISON = "{\"source\":\"aws.ec2\",\"detail-type\":";

  private final World world;
  private final PolicyFile policy;
  private final RunInputs inputs;
  private final Progress progress;
  private final Clones clones;
  private final List<PhaseCalls> phases = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();

  /** On a world that holds the fleet, and whose pipeline has been started. */
  DemoRun(World world, PolicyFile policy, RunInputs inputs, Progress progress) {
    this.world = world;
    this.policy = policy;
    this.inputs = inputs;
    this.progress = progress;
    this.clones = new Clones(List.copyOf(world.fleet()), inputs.seed());
  }

  /**
   * Plays it all, and judges.
   *
   * @throws DemoError where the fleet needs more sessions than an account has
   */
  Summary run() throws InterruptedException, DemoError {
    int size = world.fleet().size();
    int expected = expectation().mirrored();
    if (!inputs.dryRun() && expected > MAX_EXPECTED) {
      throw new DemoError(
          "%s asks for %,d sessions in %s; expected at most %,d: AWS gives an account 10,000, and"
                  .formatted(inputs.policy(), expected, inputs.inventory(), MAX_EXPECTED)
              + " more instances launch while the demo runs");
    }
    progress.say("%,d instances; %,d to be mirrored".formatted(size, expected));
    phase("first_backfill", () -> backfill("first"));
    if (!inputs.fleetOnly()) {
      playOn(size);
    }
    return summary();
  }

  /** What happens to a fleet of that size once it is mirrored. */
  private void playOn(int size) throws InterruptedException {
    phase("launches", () -> launch(Math.max(1, size / 10)));
    List<Machine> strangers = new ArrayList<>();
    phase("findings", () -> strangers.addAll(report(Math.max(1, size / 50))));
    // Nobody asked for these, so they have no session; the second backfill would give them one.
    strangers.forEach(machine -> world.setState(machine, "stopped"));
    phase("second_backfill", () -> backfill("second"));
  }

  private void backfill(String run) {
    world.deployment().backfill(run + "-run", PAGE_SIZE);
  }

  /** A burst of launches; EC2 says so once for most of them, and twice for some. */
  private void launch(int count) {
    List<Machine> launched = clones.make(count);
    for (int i = 0; i < launched.size(); i++) {
      world.add(launched.get(i));
      world.announceLaunch(launched.get(i));
      if (i % 10 == 0) {
        world.announceLaunch(launched.get(i));
      }
    }
  }

  /**
   * GuardDuty reports instances that nobody announced, and some that have their sessions; then
   * findings that ask for nothing, and a record that can never be understood.
   *
   * @return instances that only such findings are about
   */
  private List<Machine> report(int count) {
    List<Machine> known = matching();
    for (Machine machine : clones.make(count)) {
      world.add(machine);
      world.announceFinding(machine.id(), AwsEvent.Finding.PLAIN);
    }
    known.stream()
        .limit(count)
        .forEach(machine -> world.announceFinding(machine.id(), AwsEvent.Finding.PLAIN));
    world.deployment().put("poison", POISON);
    world.announceFinding("i-99999999", AwsEvent.Finding.SAMPLE);
    List<Machine> strangers = clones.make(known, 2);
    strangers.forEach(world::add);
    if (strangers.size() == 2) {
      world.announceFinding(strangers.getFirst().id(), AwsEvent.Finding.ARCHIVED);
      world.announceFinding(strangers.getLast().id(), AwsEvent.Finding.OTHER_ACCOUNT);
    }
    return strangers;
  }

  private List<Machine> matching() {
    Map<String, Expectation.Expected> expected = expectation().byInstance();
    return world.fleet().stream()
        .filter(machine -> expected.get(machine.id()) instanceof Mirrored)
        .toList();
  }

  private void phase(String name, Runnable start) throws InterruptedException {
    Map<String, Integer> before = world.ec2Calls();
    int refusedBefore = world.createsRefused();
    start.run();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!world.idle()) {
      if (System.nanoTime() - end > 0) {
        troubles.add("not at rest: " + name + " was given up on after " + PATIENCE);
        break;
      }
      Thread.sleep(BETWEEN_LOOKS);
      progress.update(() -> status(name));
    }
    progress.say(status(name) + ": done");
    phases.add(
        new PhaseCalls(
            name,
            world.fleet().size(),
            PhaseCalls.difference(before, world.ec2Calls()),
            world.createsRefused() - refusedBefore));
  }

  private String status(String name) {
    int calls = world.ec2Calls().values().stream().mapToInt(Integer::intValue).sum();
    return "%-15s  %,6d sessions  %,6d EC2 calls"
        .formatted(name.replace('_', ' '), world.sessionCount(), calls);
  }

  private Expectation expectation() {
    return Expectation.of(world.fleet(), policy.wanted(), world.targetInterfaces());
  }

  private Summary summary() {
    Expectation expectation = expectation();
    HandlerLog log = world.log();
    FleetReport report = FleetReport.of(world.aws(), world.fleet(), policy.policy(), log);
    troubles.addAll(report.troubles());
    List<Seen> sessions = world.managedSessions();
    List<Seen> judged = inputs.dryRun() ? planned(report) : sessions;
    Map<String, Integer> targets =
        inputs.dryRun() ? plannedTargets(report) : world.targetInstances();
    if (inputs.dryRun() && !(sessions.isEmpty() && world.targetInstances().isEmpty())) {
      troubles.add(
          "the dry run made %d sessions and launched %s"
              .formatted(sessions.size(), world.targetInstances()));
    }
    if (!targets.equals(expectation.targetInstances())) {
      troubles.add(
          "target instances: %s, expected %s".formatted(targets, expectation.targetInstances()));
    }
    if (log.rejected() != inputs.broken()) {
      troubles.add("records rejected: %d, expected %d".formatted(log.rejected(), inputs.broken()));
    }
    if (world.dropped() > 0) {
      troubles.add("records given up by the event source mapping: " + world.dropped());
    }
    world.refusedAsUnsupported().stream()
        .distinct()
        .limit(5)
        .forEach(call -> troubles.add("embedded AWS does not have: " + call));
    Summary summary =
        new Summary(
            inputs,
            expectation,
            Verdict.of(expectation, judged),
            sessions.size(),
            targets,
            log.rejected(),
            log.outcomes(),
            phases,
            Latency.of(world.eventToSession()),
            troubles,
            report.instances(),
            progress.seconds());
    return summary.isGood() ? summary : summary.withTroubles(log.warnings());
  }

  /** What the dry run would make, as if it were there; an instance's id is the session's. */
  private List<Seen> planned(FleetReport report) {
    return world.log().planned().stream()
        .map(
            plan ->
                new Seen(
                    plan.instance(),
                    plan.source(),
                    plan.slot().map(slot -> place(slot, report)).orElse(plan.target()),
                    plan.filter()))
        .toList();
  }

  private Map<String, Integer> plannedTargets(FleetReport report) {
    Map<String, Integer> counts = new TreeMap<>();
    world.log().launches().forEach(slot -> counts.merge(place(slot, report), 1, Integer::sum));
    return counts;
  }

  private static String place(Slot slot, FleetReport report) {
    return Optional.ofNullable(report.pools().get(slot.pool()))
        .map(TargetPool::place)
        .orElse("an unknown pool: " + slot.pool());
  }
}
