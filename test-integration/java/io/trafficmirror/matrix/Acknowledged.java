package io.trafficmirror.matrix;

import io.trafficmirror.embedded.Delivered;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which records were acknowledged, by shard and sequence number, from what each invocation said.
 */
final class Acknowledged {

  private static final String FROM = "from ";

  private final Set<String> records = new HashSet<>();
  private int deliveries;

  Acknowledged(List<Delivered> invocations) {
    for (Delivered invocation : invocations) {
      deliveries += invocation.sequenceNumbers().size();
      for (String number : invocation.sequenceNumbers()) {
        if (isDone(number, invocation.outcome())) {
          records.add(invocation.shardId() + " " + number);
        }
      }
    }
  }

  private static boolean isDone(String number, String outcome) {
    if (outcome.startsWith(FROM)) {
      BigInteger first = new BigInteger(outcome.substring(FROM.length()));
      return new BigInteger(number).compareTo(first) < 0;
    }
    return outcome.equals("ok");
  }

  boolean contains(String shardAndNumber) {
    return records.contains(shardAndNumber);
  }

  /** How often a record was delivered, over all records. */
  int deliveries() {
    return deliveries;
  }
}
