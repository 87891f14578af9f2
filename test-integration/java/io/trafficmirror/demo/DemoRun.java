package io.trafficmirror.demo;

import io.trafficmirror.demo.Expectation.Mirrored;
import io.trafficmirror.demo.HandlerLog.Slot;
import io.trafficmirror.demo.Summary.RunInputs;
import io.trafficmirror.demo.Verdict.ActualSession;
import io.trafficmirror.harness.AwsEvent;
import io.trafficmirror.harness.TargetPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run of the demo: a backfill of the fleet, a burst of launches, findings, and a second backfill,
 * which should change nothing. The launches and findings are about additional instances; a run for
 * the given fleet only ends after the first backfill. For one run and one thread.
 */
final class DemoRun {

  /** The number of instances per backfill page. */
  private static final int PAGE_SIZE = 200;

  /**
   * The maximum number of expected sessions. Leaves an eighth of the quota of 10,000 sessions per
   * account for launches and findings.
   */
  private static final int MAX_EXPECTED = 8_750;

  /** The time limit for a phase. A phase that exceeds it is reported as a problem. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

  /** A record that cannot be parsed. */
  private static final String POISON = "{\"source\":\"aws.ec2\",\"detail-type\":";

  private final World world;
  private final PolicyFile policy;
  private final RunInputs inputs;
  private final Progress progress;
  private final InstanceCopies copies;
  private final List<PhaseCalls> phases = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /** Creates a run in a world that contains the fleet and whose pipeline is running. */
  DemoRun(World world, PolicyFile policy, RunInputs inputs, Progress progress) {
    this.world = world;
    this.policy = policy;
    this.inputs = inputs;
    this.progress = progress;
    this.copies = new InstanceCopies(List.copyOf(world.fleet()), inputs.seed());
  }

  /**
   * Runs all phases and compares the sessions with the expectation.
   *
   * @throws DemoError if the fleet needs more sessions than the quota allows
   */
  Summary run() throws InterruptedException, DemoError {
    int size = world.fleet().size();
    int expected = expectation().mirrored();
    if (!inputs.dryRun() && expected > MAX_EXPECTED) {
      throw new DemoError(
          "%s needs %,d sessions in %s; at most %,d are supported: the quota is 10,000, and"
                  .formatted(inputs.policy(), expected, inputs.inventory(), MAX_EXPECTED)
              + " more instances launch while the demo runs");
    }
    progress.show("%,d instances; %,d to be mirrored".formatted(size, expected));
    phase("first_backfill", () -> backfill("first"));
    if (!inputs.fleetOnly()) {
      runRemainingPhases(size);
    }
    return summary();
  }

  /** Runs the phases after the first backfill. */
  private void runRemainingPhases(int size) throws InterruptedException {
    phase("launches", () -> launch(Math.max(1, size / 10)));
    List<Machine> ignored = new ArrayList<>();
    phase("findings", () -> ignored.addAll(publishFindings(Math.max(1, size / 50))));
    // These instances have no expected session yet; the second backfill would create one.
    ignored.forEach(machine -> world.setState(machine, "stopped"));
    phase("second_backfill", () -> backfill("second"));
  }

  private void backfill(String run) {
    world.deployment().backfill(run + "-run", PAGE_SIZE);
  }

  /** A burst of launches. One in ten events is published twice. */
  private void launch(int count) {
    List<Machine> launched = copies.make(count);
    for (int i = 0; i < launched.size(); i++) {
      world.add(launched.get(i));
      world.announceLaunch(launched.get(i));
      if (i % 10 == 0) {
        world.announceLaunch(launched.get(i));
      }
    }
  }

  /**
   * Publishes findings: about new instances without a launch event, about mirrored instances, and
   * of kinds that the pipeline ignores. Also puts a record on the stream that cannot be parsed.
   *
   * @return the instances with ignored findings only
   */
  private List<Machine> publishFindings(int count) {
    List<Machine> known = matching();
    for (Machine machine : copies.make(count)) {
      world.add(machine);
      world.announceFinding(machine.id(), AwsEvent.Finding.PLAIN);
    }
    known.stream()
        .limit(count)
        .forEach(machine -> world.announceFinding(machine.id(), AwsEvent.Finding.PLAIN));
    world.deployment().put("poison", POISON);
    world.announceFinding("i-99999999", AwsEvent.Finding.SAMPLE);
    List<Machine> ignored = copies.make(known, 2);
    ignored.forEach(world::add);
    if (ignored.size() == 2) {
      world.announceFinding(ignored.getFirst().id(), AwsEvent.Finding.ARCHIVED);
      world.announceFinding(ignored.getLast().id(), AwsEvent.Finding.OTHER_ACCOUNT);
    }
    return ignored;
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
        problems.add(name + " did not become idle within " + PATIENCE);
        break;
      }
      Thread.sleep(POLL_INTERVAL);
      progress.update(() -> status(name));
    }
    progress.show(status(name) + ": done");
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
    problems.addAll(report.problems());
    List<ActualSession> sessions = world.managedSessions();
    List<ActualSession> compared = inputs.dryRun() ? planned(report) : sessions;
    Map<String, Integer> targets =
        inputs.dryRun() ? plannedTargets(report) : world.targetInstances();
    if (inputs.dryRun() && !(sessions.isEmpty() && world.targetInstances().isEmpty())) {
      problems.add(
          "the dry run created %d sessions and launched %s"
              .formatted(sessions.size(), world.targetInstances()));
    }
    if (!targets.equals(expectation.targetInstances())) {
      problems.add(
          "target instances: %s, expected %s".formatted(targets, expectation.targetInstances()));
    }
    if (log.rejected() != inputs.broken()) {
      problems.add("records rejected: %d, expected %d".formatted(log.rejected(), inputs.broken()));
    }
    if (world.dropped() > 0) {
      problems.add("records discarded by the event source mapping: " + world.dropped());
    }
    world.refusedAsUnsupported().stream()
        .distinct()
        .limit(5)
        .forEach(call -> problems.add("not supported by embedded AWS: " + call));
    Summary summary =
        new Summary(
            inputs,
            expectation,
            Verdict.of(expectation, compared),
            sessions.size(),
            targets,
            log.rejected(),
            log.outcomes(),
            phases,
            Latency.of(world.eventToSession()),
            problems,
            report.instances(),
            progress.seconds());
    return summary.isGood() ? summary : summary.withProblems(log.warnings());
  }

  /** The sessions that the dry run planned, with the instance id in place of the session id. */
  private List<ActualSession> planned(FleetReport report) {
    return world.log().planned().stream()
        .map(
            plan ->
                new ActualSession(
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
