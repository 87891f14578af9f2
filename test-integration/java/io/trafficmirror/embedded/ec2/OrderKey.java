package io.trafficmirror.embedded.ec2;

import java.util.Comparator;

/**
 * The position of a resource in results. EC2 documents no order. This one is the same for every
 * call, differs from the order of ids and of creation, and keeps groups together.
 *
 * @param hash the hash of the group and the seed
 * @param group the reservation of an instance; otherwise the resource itself
 * @param index the index within the group
 * @param id the resource
 */
record OrderKey(long hash, String group, int index, String id) implements Comparable<OrderKey> {

  private static final Comparator<OrderKey> ORDER =
      Comparator.comparingLong(OrderKey::hash)
          .thenComparing(OrderKey::group)
          .thenComparingInt(OrderKey::index)
          .thenComparing(OrderKey::id);

  /** The position before all others. */
  static final OrderKey START = new OrderKey(Long.MIN_VALUE, "", 0, "");

  static OrderKey of(Stored thing, long seed) {
    long hash = 0xcbf29ce484222325L ^ seed;
    String group = thing.group();
    for (int i = 0; i < group.length(); i++) {
      hash = (hash ^ group.charAt(i)) * 0x100000001b3L;
    }
    hash ^= hash >>> 29;
    hash *= 0xbf58476d1ce4e5b9L;
    hash ^= hash >>> 32;
    return new OrderKey(hash, group, thing.index(), thing.id());
  }

  @Override
  public int compareTo(OrderKey other) {
    return ORDER.compare(this, other);
  }
}
