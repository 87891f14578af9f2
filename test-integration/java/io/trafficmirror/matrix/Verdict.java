package io.trafficmirror.matrix;

import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.embedded.StoredRecord;
import io.trafficmirror.pressure.PressureWorld;
import io.trafficmirror.pressure.SourceFleet;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares the state of a world with what it should be, now and later on again: what the mapping
 * gave up on is known from then on, even when it was put back and is no longer kept.
 */
final class Verdict {

  /** The policies name none, so it is the one that a session has unless told otherwise. */
  private static final int NUMBER = 100;

  private final PressureWorld world;
  private final SourceFleet fleet;
  private final Bystanders bystanders;
  private final PoolTargets pool;
  private final boolean pooled;
  private final Set<String> givenUp = new HashSet<>();

  Verdict(
      PressureWorld world,
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
    Acknowledged acknowledged = new Acknowledged(world.mapping().deliveries());
    Set<String> left = kept.left();
    Set<String> mirrored = new HashSet<>();
    ours.forEach(session -> mirrored.add(session.interfaceId()));
    long missing =
        fleet.instances().stream()
            .filter(id -> !mirrored.contains(interfaceOf(id)))
            .filter(id -> !leftIsFine || !left.contains(id))
            .count();
    int rejectedTwice = kept.rejected() - MatrixRun.POISON.size();
    return new Tally(
        records.size(),
        ours.size(),
        acknowledged.deliveries() - records.size(),
        kept.rejected(),
        left.size(),
        0,
        (int) missing,
        wrong(ours) + Math.max(0, rejectedTwice),
        ours.size() - mirrored.size(),
        lost(records, acknowledged, kept),
        rest);
  }

  private static String interfaceOf(String instance) {
    return instance.replace("i-", "eni-");
  }

  private int wrong(List<SessionView> ours) {
    Map<String, String> sources = new HashMap<>();
    fleet.instances().forEach(id -> sources.put(interfaceOf(id), id));
    Set<String> targets = pooled ? pool.standing() : Set.of(SourceFleet.TARGET);
    String shared = interfaceOf(fleet.instances().getFirst());
    long wrong =
        ours.stream()
            .filter(
                session -> {
                  int number = session.interfaceId().equals(shared) ? NUMBER + 1 : NUMBER;
                  return !sources.containsKey(session.interfaceId())
                      || !targets.contains(session.targetId())
                      || !session.filterId().equals(SourceFleet.FILTER)
                      || session.number() != number;
                })
            .count();
    int size = fleet.instances().size();
    return (int) wrong + bystanders.changed() + pool.wrong(pooled ? size : 0);
  }

  private int lost(List<StoredRecord> records, Acknowledged acknowledged, KeptThings kept) {
    long lost =
        records.stream()
            .map(record -> record.shardId() + " " + record.sequenceNumber())
            .filter(record -> !acknowledged.contains(record) && !givenUp.contains(record))
            .count();
    return (int) lost + MatrixRun.POISON.size() - kept.rejectedOf(MatrixRun.POISON);
  }
}
