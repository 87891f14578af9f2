package io.trafficmirror.matrix;

import java.util.List;

/**
 * How wide the stream is read.
 *
 * @param shards of the stream
 * @param lanes of each shard (the mapping's parallelisation factor)
 */
record Width(int shards, int lanes) {

  static List<Width> all() {
    return List.of(new Width(1, 1), new Width(1, 10), new Width(4, 1), new Width(4, 10));
  }

  @Override
  public String toString() {
    return "%d shard%s, parallelisation %d".formatted(shards, shards == 1 ? "" : "s", lanes);
  }
}
