package io.trafficmirror.embedded;

import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/** One shard: a log that only grows. Safe for use by several threads. */
final class KinesisShard {

  private final String id;
  private final BigInteger firstHash;
  private final BigInteger lastHash;
  private final SequenceNumbers numbers;
  private final String startingSequenceNumber;
  private final List<StoredRecord> records = new ArrayList<>();

  private final List<String> parents;
  private boolean closed;

  KinesisShard(
      int index, BigInteger firstHash, BigInteger lastHash, List<String> parents, Random random) {
    this.parents = List.copyOf(parents);
    this.id = String.format("shardId-%012d", index);
    this.firstHash = firstHash;
    this.lastHash = lastHash;
    this.numbers = new SequenceNumbers(random, index);
    this.startingSequenceNumber = numbers.next();
  }

  String id() {
    return id;
  }

  BigInteger firstHash() {
    return firstHash;
  }

  BigInteger lastHash() {
    return lastHash;
  }

  String startingSequenceNumber() {
    return startingSequenceNumber;
  }

  /** The shards that this one was made from; what they hold is read before. */
  List<String> parents() {
    return parents;
  }

  /** From now on nothing is put here. */
  synchronized void close() {
    closed = true;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** The number of the last record, the shard's own first number where it has none. */
  synchronized String lastSequenceNumber() {
    return records.isEmpty() ? startingSequenceNumber : records.getLast().sequenceNumber();
  }

  boolean holds(BigInteger hash) {
    return !isClosed() && firstHash.compareTo(hash) <= 0 && hash.compareTo(lastHash) <= 0;
  }

  /** Arrival times never go back within a shard, whatever the clock does. */
  synchronized StoredRecord append(String partitionKey, byte[] data, Instant now) {
    Instant arrivedAt = now.truncatedTo(ChronoUnit.MILLIS);
    if (!records.isEmpty() && records.getLast().arrivedAt().isAfter(arrivedAt)) {
      arrivedAt = records.getLast().arrivedAt();
    }
    StoredRecord record =
        new StoredRecord(id, numbers.next(), partitionKey, arrivedAt, data.clone());
    records.add(record);
    return record;
  }

  synchronized int size() {
    return records.size();
  }

  /** At most {@code most} records from a position on. */
  synchronized List<StoredRecord> read(int from, int most) {
    return List.copyOf(records.subList(from, Math.min(records.size(), from + most)));
  }

  /**
   * The position of the record with this very number; the start of the shard counts as its first.
   */
  synchronized OptionalInt positionOf(String sequenceNumber) {
    if (sequenceNumber.equals(startingSequenceNumber)) {
      return OptionalInt.of(0);
    }
    for (int position = 0; position < records.size(); position++) {
      if (records.get(position).sequenceNumber().equals(sequenceNumber)) {
        return OptionalInt.of(position);
      }
    }
    return OptionalInt.empty();
  }

  /** The position of the first record that arrived then or later. */
  synchronized int positionFrom(Instant time) {
    int position = 0;
    while (position < records.size() && records.get(position).arrivedAt().isBefore(time)) {
      position++;
    }
    return position;
  }
}
