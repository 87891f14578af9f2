package io.trafficmirror.mirror;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A numbered slot in a pool, for one instance and its target.
 *
 * @param pool the digest of the pool
 * @param number the number of the slot, from 0
 * @param generation the number of earlier instances in the slot that have ended, from 0
 */
public record Slot(String pool, int number, int generation) {

  /** Throws {@link IllegalArgumentException} if a number is negative. */
  public Slot {
    if (number < 0 || generation < 0) {
      throw new IllegalArgumentException(
          "slot number and generation start at 0: " + number + ", " + generation);
    }
  }

  /** The slot that these tags describe; empty if they are incomplete or invalid. */
  public static Optional<Slot> of(Map<String, String> tags) {
    Optional<Integer> number = number(tags, Ownership.SLOT_TAG);
    Optional<Integer> generation = number(tags, Ownership.GENERATION_TAG);
    return Optional.ofNullable(tags.get(Ownership.POOL_TAG))
        .flatMap(pool -> number.flatMap(n -> generation.map(g -> new Slot(pool, n, g))));
  }

  private static Optional<Integer> number(Map<String, String> tags, String key) {
    return Optional.ofNullable(tags.get(key))
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(Integer::valueOf);
  }

  /** The next generation of this slot. */
  public Slot next() {
    return new Slot(pool, number, generation + 1);
  }

  /**
   * The client token of the launch. Independent consumers request the same slot with the same
   * token, so EC2 returns the same instance to all of them.
   */
  public String launchToken() {
    return Fingerprint.of(
        List.of("launch", pool, Integer.toString(number), Integer.toString(generation)));
  }

  /** The client token for creating a target on an interface. */
  public static String targetToken(InterfaceId networkInterface) {
    return Fingerprint.of(List.of("target", networkInterface.value()));
  }

  @Override
  public String toString() {
    return "slot %d of pool %s, generation %d".formatted(number, pool, generation);
  }
}
