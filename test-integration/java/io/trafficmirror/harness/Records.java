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
 * Which records of the stream nobody has acknowledged yet, kept from deliveries and not from what
 * the mapping says of itself. For one thread.
 */
public final class Records {

  private final Set<String> open = new LinkedHashSet<>();
  private final Map<String, BigInteger> lastOfShard = new HashMap<>();
  private int acknowledged;
  private int deliveries;
  private int givenBack;

  /**
   * Goes on from the last look.
   *
   * @param stored what is on the stream, at least all that came since the last look
   * @param delivered the deliveries since the last look
   */
  public void look(List<StoredRecord> stored, List<Delivered> delivered) {
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
    int done;
    if (delivery.outcome().equals("ok")) {
      done = numbers.size();
    } else {
      givenBack++;
      done =
          delivery.outcome().startsWith("from ")
              ? numbers.indexOf(delivery.outcome().substring("from ".length()))
              : 0;
    }
    for (String number : numbers.subList(0, done)) {
      if (open.remove(number)) {
        acknowledged++;
      }
    }
  }

  /**
   * What was put on the stream and neither acknowledged nor given up into the bucket.
   *
   * @param everPut how many records the stream says were ever put on it
   * @param givenUp how many the mapping put into the bucket, with their payload
   */
  public Findings judge(int everPut, int givenUp) {
    int missing = everPut - acknowledged - givenUp;
    return missing == 0
        ? Findings.none()
        : new Findings(
            List.of(
                "of %d records %d were acknowledged and %d are in the bucket; open: %s"
                    .formatted(everPut, acknowledged, givenUp, open)),
            List.of(),
            List.of());
  }

  /** The sequence numbers that are on the stream and were not acknowledged. */
  public Set<String> open() {
    return Collections.unmodifiableSet(open);
  }

  /** How many batches were delivered. */
  public int deliveries() {
    return deliveries;
  }

  /** How many batches went back, wholly or in part. */
  public int givenBack() {
    return givenBack;
  }
}
