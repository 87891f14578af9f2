package io.trafficmirror.matrix;

import io.trafficmirror.embedded.Delivered;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.embedded.StoredRecord;
import io.trafficmirror.harness.DeliveryTracker;
import io.trafficmirror.harness.Discrepancies;
import io.trafficmirror.harness.RunningDeployment;
import io.trafficmirror.harness.SessionCheck;
import io.trafficmirror.harness.SourceFleet;
import io.trafficmirror.harness.TargetInstances;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares the state of a deployment with the expected state, repeatedly. It remembers records that
 * the event source mapping discarded, even if they are replayed later.
 */
final class StateCheck {

  /** The default session number: the policies set none. */
  private static final int NUMBER = 100;

  private final RunningDeployment world;
  private final SourceFleet fleet;
  private final Bystanders bystanders;
  private final PoolTargets pool;
  private final boolean pooled;
  private final Set<String> discarded = new HashSet<>();

  StateCheck(
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
   * Compares the current state.
   *
   * @param restAfter the time until nothing was in progress
   * @param allowsExhausted whether exhausted instances in the failure bucket may lack their session
   */
  Tally tally(Duration restAfter, boolean allowsExhausted) {
    List<StoredRecord> records = world.records();
    List<SessionView> managed =
        world.aws().ec2().sessions().stream().filter(s -> !bystanders.isForeign(s)).toList();
    FailureBucket bucket = new FailureBucket(world);
    discarded.addAll(bucket.discarded());
    List<Delivered> deliveries = world.mapping().deliveries();
    DeliveryTracker known = new DeliveryTracker();
    known.update(records, deliveries);
    Set<String> exhausted = bucket.exhausted();
    Discrepancies findings =
        new SessionCheck(
                expected(allowsExhausted ? exhausted : Set.of()),
                managed,
                TargetInstances.of(world.aws().ec2())::place)
            .discrepancies();
    int rejectedTwice = bucket.rejected() - MatrixRun.POISON.size();
    return new Tally(
        records.size(),
        managed.size(),
        deliveries.stream().mapToInt(each -> each.sequenceNumbers().size()).sum() - records.size(),
        bucket.rejected(),
        exhausted.size(),
        0,
        findings.lost().size(),
        findings.wrong().size()
            + bystanders.changed()
            + pool.wrong(pooled ? fleet.instances().size() : 0)
            + Math.max(0, rejectedTwice),
        findings.doubled().size(),
        lost(known, bucket),
        restAfter);
  }

  private static String interfaceOf(String instance) {
    return instance.replace("i-", "eni-");
  }

  /** The expected sessions; optional for instances that may be missing. */
  private List<SessionCheck.Expected> expected(Set<String> mayBeMissing) {
    String target = pooled ? PoolTargets.PLACE : SourceFleet.TARGET;
    String shared = fleet.instances().getFirst();
    return fleet.instances().stream()
        .map(
            id ->
                new SessionCheck.Expected(
                    id,
                    interfaceOf(id),
                    mayBeMissing.contains(id) ? SessionCheck.Rule.MAY : SessionCheck.Rule.MUST,
                    List.of(new SessionCheck.Wanted(target, SourceFleet.FILTER)),
                    List.of(id.equals(shared) ? NUMBER + 1 : NUMBER)))
        .toList();
  }

  private int lost(DeliveryTracker records, FailureBucket bucket) {
    long lost = records.open().stream().filter(record -> !discarded.contains(record)).count();
    return (int) lost + MatrixRun.POISON.size() - bucket.rejectedOf(MatrixRun.POISON);
  }
}
