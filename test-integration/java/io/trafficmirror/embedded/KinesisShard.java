package io.trafficmirror.embedded;

import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/**
 * One shard: a log that grows at its end and may be cut at its start. Safe for use by several
 * threads.
 */
final class KinesisShard {

  private final String id;
  private final BigInteger firstHash;
  private final BigInteger lastHash;
  private final SequenceNumbers numbers;
  private final String startingSequenceNumber;
  private final List<StoredRecord> records = new ArrayList<>();

  private final List<String> parents;
  private String lastSequenceNumber;
  private int forgotten;
  private boolean closed;

  KinesisShard(
      int index, BigInteger firstHash, BigInteger lastHash, List<String> parents, Random random) {
    this.parents = List.copyOf(parents);
    this.id = String.format("shardId-%012d", index);
    this.firstHash = firstHash;
    this.lastHash = lastHash;
    this.numbers = new SequenceNumbers(random, index);
    this.startingSequenceNumber = numbers.next();
    this.lastSequenceNumber = startingSequenceNumber;
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
    return lastSequenceNumber;
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
    lastSequenceNumber = record.sequenceNumber();
    return record;
  }

  /** Forgets what arrived before that moment; positions stay what they are. */
  synchronized void forgetBefore(Instant moment) {
    int count = positionFrom(moment) - forgotten;
    records.subList(0, count).clear();
    forgotten += count;
  }

  /** The position of the first record that is kept. */
  synchronized int firstPosition() {
    return forgotten;
  }

  /** The position after the last record. */
  synchronized int size() {
    return forgotten + records.size();
  }

  /** At most {@code most} records from a position on; what is forgotten is passed over. */
  synchronized List<StoredRecord> read(int from, int most) {
    int start = Math.max(0, from - forgotten);
    return List.copyOf(records.subList(start, Math.min(records.size(), start + most)));
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
        return OptionalInt.of(forgotten + position);
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
    return forgotten + position;
  }
}
