package io.trafficmirror.matrix;

import io.trafficmirror.embedded.Delivered;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.embedded.StoredRecord;
import io.trafficmirror.harness.Findings;
import io.trafficmirror.harness.Judge;
import io.trafficmirror.harness.Records;
import io.trafficmirror.harness.RunningDeployment;
import io.trafficmirror.harness.SourceFleet;
import io.trafficmirror.harness.TargetInstances;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares the state of a world with what it should be, now and later on again: what the mapping
 * gave up on is known from then on, even when it was put back and is no longer kept.
 */
final class Verdict {

  /** The policies name none, so it is the one that a session has unless told otherwise. */
  private static final int NUMBER = 100;

  private final RunningDeployment world;
  private final SourceFleet fleet;
  private final Bystanders bystanders;
  private final PoolTargets pool;
  private final boolean pooled;
  private final Set<String> givenUp = new HashSet<>();

  Verdict(
      RunningDeployment world,
      SourceFleet fleet,
      Bystanders bystanders,
      PoolTargets pool,
      boolean pooled) {
    this.world = world;
    this.fleet = fleet;
    this.bystanders = bystanders;
    this.pool = pool;
    this.pooled = pooled;
  }

  /**
   * What there is now.
   *
   * @param rest how long it took to come to rest
   * @param leftIsFine whether what was left to the next look, and is kept, may be missing still
   */
  Tally tally(Duration rest, boolean leftIsFine) {
    List<StoredRecord> records = world.records();
    List<SessionView> ours =
        world.aws().ec2().sessions().stream().filter(s -> !bystanders.isForeign(s)).toList();
    KeptThings kept = new KeptThings(world);
    givenUp.addAll(kept.givenUp());
    List<Delivered> deliveries = world.mapping().deliveries();
    Records known = new Records();
    known.update(records, deliveries);
    Set<String> left = kept.left();
    Findings findings =
        new Judge(
                expected(leftIsFine ? left : Set.of()),
                ours,
                TargetInstances.of(world.aws().ec2())::place)
            .findings();
    int rejectedTwice = kept.rejected() - MatrixRun.POISON.size();
    return new Tally(
        records.size(),
        ours.size(),
        deliveries.stream().mapToInt(each -> each.sequenceNumbers().size()).sum() - records.size(),
        kept.rejected(),
        left.size(),
        0,
        findings.lost().size(),
        findings.wrong().size()
            + bystanders.changed()
            + pool.wrong(pooled ? fleet.instances().size() : 0)
            + Math.max(0, rejectedTwice),
        findings.doubled().size(),
        lost(known, kept),
        rest);
  }

  private static String interfaceOf(String instance) {
    return instance.replace("i-", "eni-");
  }

  /** Those that may be missing have none or the right one. */
  private List<Judge.Expected> expected(Set<String> mayBeMissing) {
    String target = pooled ? PoolTargets.PLACE : SourceFleet.TARGET;
    String shared = fleet.instances().getFirst();
    return fleet.instances().stream()
        .map(
            id ->
                new Judge.Expected(
                    id,
                    interfaceOf(id),
                    mayBeMissing.contains(id) ? Judge.Rule.MAY : Judge.Rule.MUST,
                    List.of(new Judge.Wanted(target, SourceFleet.FILTER)),
                    List.of(id.equals(shared) ? NUMBER + 1 : NUMBER)))
        .toList();
  }

  private int lost(Records records, KeptThings kept) {
    long lost = records.open().stream().filter(record -> !givenUp.contains(record)).count();
    return (int) lost + MatrixRun.POISON.size() - kept.rejectedOf(MatrixRun.POISON);
  }
}
