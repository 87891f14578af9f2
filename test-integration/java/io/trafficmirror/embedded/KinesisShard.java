package io.trafficmirror.embedded;

import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/** One shard: an append-only log whose oldest records may expire. Thread-safe. */
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

  /** The parent shards, which are read first. */
  List<String> parents() {
    return parents;
  }

  /** Closes the shard for writes. */
  synchronized void close() {
    closed = true;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /**
   * The sequence number of the last record, or the shard's starting sequence number if it is empty.
   */
  synchronized String lastSequenceNumber() {
    return lastSequenceNumber;
  }

  boolean holds(BigInteger hash) {
    return !isClosed() && firstHash.compareTo(hash) <= 0 && hash.compareTo(lastHash) <= 0;
  }

  /** Arrival times never decrease within a shard, even if the clock does. */
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

  /**
   * Removes the records that arrived before that moment; the positions of the others do not change.
   */
  synchronized void forgetBefore(Instant moment) {
    int count = positionFrom(moment) - forgotten;
    records.subList(0, count).clear();
    forgotten += count;
  }

  /** The position of the first remaining record. */
  synchronized int firstPosition() {
    return forgotten;
  }

  /** The position after the last record. */
  synchronized int size() {
    return forgotten + records.size();
  }

  /** At most {@code most} records from a position on, without expired ones. */
  synchronized List<StoredRecord> read(int from, int most) {
    int start = Math.max(0, from - forgotten);
    return List.copyOf(records.subList(start, Math.min(records.size(), start + most)));
  }

  /**
   * The position of the record with this sequence number; the starting sequence number stands for
   * the first position.
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

  /** The position of the first record that arrived at that time or later. */
  synchronized int positionFrom(Instant time) {
    int position = 0;
    while (position < records.size() && records.get(position).arrivedAt().isBefore(time)) {
      position++;
    }
    return forgotten + position;
  }
}
