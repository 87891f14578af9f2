package io.trafficmirror.harness;

import io.trafficmirror.embedded.Delivered;
import io.trafficmirror.embedded.StoredRecord;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tracks unacknowledged records. Derives them from the deliveries, independently of the counters of
 * the event source mapping. For use by one thread.
 */
public final class DeliveryTracker {

  private final Set<String> open = new LinkedHashSet<>();
  private final Map<String, BigInteger> lastOfShard = new HashMap<>();
  private int acknowledged;
  private int deliveries;
  private int returned;

  /**
   * Adds records and deliveries.
   *
   * @param stored the records on the stream; must include all that are new since the last call
   * @param delivered the deliveries since the last call
   */
  public void update(List<StoredRecord> stored, List<Delivered> delivered) {
    stored.forEach(this::stored);
    delivered.forEach(this::delivered);
  }

  private void stored(StoredRecord record) {
    BigInteger number = new BigInteger(record.sequenceNumber());
    BigInteger last = lastOfShard.getOrDefault(record.shardId(), BigInteger.ZERO);
    if (number.compareTo(last) > 0) {
      lastOfShard.put(record.shardId(), number);
      open.add(record.sequenceNumber());
    }
  }

  private void delivered(Delivered delivery) {
    deliveries++;
    List<String> numbers = delivery.sequenceNumbers();
    int acknowledgedCount;
    if (delivery.outcome().equals("ok")) {
      acknowledgedCount = numbers.size();
    } else {
      returned++;
      acknowledgedCount =
          delivery.outcome().startsWith("from ")
              ? numbers.indexOf(delivery.outcome().substring("from ".length()))
              : 0;
    }
    for (String number : numbers.subList(0, acknowledgedCount)) {
      if (open.remove(number)) {
        acknowledged++;
      }
    }
  }

  /**
   * The records that were neither acknowledged nor stored in the failure bucket.
   *
   * @param everPut the number of records ever put on the stream
   * @param givenUp the number of records that the mapping stored in the failure bucket
   */
  public Discrepancies discrepancies(int everPut, int givenUp) {
    int missing = everPut - acknowledged - givenUp;
    return missing == 0
        ? Discrepancies.none()
        : new Discrepancies(
            List.of(
                "of %d records, %d were acknowledged and %d are in the failure bucket; open: %s"
                    .formatted(everPut, acknowledged, givenUp, open)),
            List.of(),
            List.of());
  }

  /** The sequence numbers of the unacknowledged records that were seen on the stream. */
  public Set<String> open() {
    return Collections.unmodifiableSet(open);
  }

  /** The number of delivered batches. */
  public int deliveries() {
    return deliveries;
  }

  /** The number of batches that were returned completely or in part. */
  public int returned() {
    return returned;
  }
}
