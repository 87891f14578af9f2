package io.trafficmirror.embedded;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * One stream; its shards share the 128-bit space of hashes evenly and never change.
 *
 * @param onDemand its mode, which changes nothing but how it is described
 */
record KinesisStream(
    String name, String arn, boolean onDemand, Instant createdAt, List<KinesisShard> shards) {

  private static final BigInteger HASHES = BigInteger.TWO.pow(128);

  static KinesisStream create(
      String name, String arn, boolean onDemand, Instant now, int count, Random random) {
    List<KinesisShard> shards = new ArrayList<>();
    BigInteger share = HASHES.divide(BigInteger.valueOf(count));
    for (int index = 0; index < count; index++) {
      BigInteger first = share.multiply(BigInteger.valueOf(index));
      BigInteger next = index == count - 1 ? HASHES : first.add(share);
      shards.add(new KinesisShard(index, first, next.subtract(BigInteger.ONE), random));
    }
    return new KinesisStream(name, arn, onDemand, now, List.copyOf(shards));
  }

  /** The shard that a record belongs to: by the explicit hash, else by its key's MD5. */
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
