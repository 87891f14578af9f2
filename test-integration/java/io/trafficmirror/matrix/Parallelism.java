package io.trafficmirror.matrix;

import java.util.List;

/**
 * The number of concurrent consumers of the stream.
 *
 * @param shards the shards of the stream
 * @param lanes the lanes per shard (the mapping's parallelization factor)
 */
record Parallelism(int shards, int lanes) {

  static List<Parallelism> all() {
    return List.of(
        new Parallelism(1, 1),
        new Parallelism(1, 10),
        new Parallelism(4, 1),
        new Parallelism(4, 10));
  }

  @Override
  public String toString() {
    return "%d shard%s, parallelisation %d".formatted(shards, shards == 1 ? "" : "s", lanes);
  }
}
