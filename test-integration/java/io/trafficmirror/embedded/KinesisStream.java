package io.trafficmirror.embedded;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One stream. Its open shards divide the 128-bit hash key space.
 *
 * @param onDemand the stream mode, which affects only descriptions
 */
record KinesisStream(
    String name, String arn, boolean onDemand, Instant createdAt, List<KinesisShard> shards) {

  private static final BigInteger HASHES = BigInteger.TWO.pow(128);

  static KinesisStream create(
      String name, String arn, boolean onDemand, Instant now, int count, Random random) {
    List<KinesisShard> shards = new CopyOnWriteArrayList<>();
    BigInteger share = HASHES.divide(BigInteger.valueOf(count));
    for (int index = 0; index < count; index++) {
      BigInteger first = share.multiply(BigInteger.valueOf(index));
      BigInteger next = index == count - 1 ? HASHES : first.add(share);
      shards.add(new KinesisShard(index, first, next.subtract(BigInteger.ONE), List.of(), random));
    }
    return new KinesisStream(name, arn, onDemand, now, shards);
  }

  /** Closes a shard and adds two that each own half of its hash key range. */
  void split(String shardId, Random random) {
    KinesisShard parent = open(shardId);
    BigInteger middle = parent.firstHash().add(parent.lastHash()).shiftRight(1);
    List<String> parents = List.of(shardId);
    parent.close();
    shards.add(new KinesisShard(shards.size(), parent.firstHash(), middle, parents, random));
    BigInteger next = middle.add(BigInteger.ONE);
    shards.add(new KinesisShard(shards.size(), next, parent.lastHash(), parents, random));
  }

  /** Closes two adjacent shards and adds one that owns both hash key ranges. */
  void merge(String shardId, String otherId, Random random) {
    KinesisShard one = open(shardId);
    KinesisShard other = open(otherId);
    KinesisShard low = one.firstHash().compareTo(other.firstHash()) < 0 ? one : other;
    KinesisShard high = low == one ? other : one;
    if (!low.lastHash().add(BigInteger.ONE).equals(high.firstHash())) {
      throw new IllegalArgumentException(shardId + " and " + otherId + " are not adjacent");
    }
    one.close();
    other.close();
    shards.add(
        new KinesisShard(
            shards.size(), low.firstHash(), high.lastHash(), List.of(shardId, otherId), random));
  }

  private KinesisShard open(String shardId) {
    return shard(shardId)
        .filter(shard -> !shard.isClosed())
        .orElseThrow(() -> new IllegalArgumentException(shardId + " is not an open shard"));
  }

  /** The shard of a record: by its explicit hash key, otherwise by the MD5 of its partition key. */
  KinesisShard shardOf(String partitionKey, Optional<BigInteger> explicitHash) {
    BigInteger hash = explicitHash.orElseGet(() -> hash(partitionKey));
    return shards.stream().filter(shard -> shard.holds(hash)).findFirst().orElseThrow();
  }

  Optional<KinesisShard> shard(String id) {
    return shards.stream().filter(shard -> shard.id().equals(id)).findFirst();
  }

  private static BigInteger hash(String partitionKey) {
    return new BigInteger(1, Digests.of("MD5", partitionKey.getBytes(StandardCharsets.UTF_8)));
  }
}
