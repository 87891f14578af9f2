package io.trafficmirror.embedded;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** One shard of a mapping, read from its start; each record goes to the lane of its key. */
final class ShardLanes {

  private final KinesisShard shard;
  private final List<Lane> lanes;
  private int position;

  ShardLanes(KinesisShard shard, MappingSettings settings) {
    this.shard = shard;
    this.lanes =
        Stream.generate(() -> new Lane(settings)).limit(settings.parallelizationFactor()).toList();
  }

  String shardId() {
    return shard.id();
  }

  List<Lane> lanes() {
    return lanes;
  }

  Lane laneOf(String partitionKey) {
    return lanes.get(Math.floorMod(partitionKey.hashCode(), lanes.size()));
  }

  /** Reads all new records; returns whether there were any. */
  synchronized boolean readNew(Instant now) {
    position = Math.max(position, shard.firstPosition());
    int before = position;
    for (StoredRecord record : shard.read(position, Integer.MAX_VALUE / 2)) {
      laneOf(record.partitionKey()).add(record, now);
      position++;
    }
    return position > before;
  }

  /** Whether the shard is closed and all its records are processed. */
  synchronized boolean finished() {
    return shard.isClosed() && idle();
  }

  synchronized boolean idle() {
    return position == shard.size() && lanes.stream().allMatch(Lane::idle);
  }
}
