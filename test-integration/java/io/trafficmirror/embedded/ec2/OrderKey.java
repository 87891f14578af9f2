package io.trafficmirror.embedded.ec2;

import java.util.Comparator;

/**
 * Where a thing stands in the answers. EC2 promises no order; this one is the same on every call,
 * is not the order of ids or of creation, and keeps what belongs together together.
 *
 * @param hash of the group and the seed
 * @param group what belongs together: a reservation's instances; elsewhere the thing itself
 * @param index within the group
 * @param id the thing
 */
record OrderKey(long hash, String group, int index, String id) implements Comparable<OrderKey> {

  private static final Comparator<OrderKey> ORDER =
      Comparator.comparingLong(OrderKey::hash)
          .thenComparing(OrderKey::group)
          .thenComparingInt(OrderKey::index)
          .thenComparing(OrderKey::id);

  /** Before everything. */
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
