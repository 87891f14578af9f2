package io.trafficmirror.mirror;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A numbered place in a pool, for one instance and its target.
 *
 * @param pool the digest of the pool
 * @param number from 0
 * @param generation how many instances of the place have ended before; from 0
 */
public record Slot(String pool, int number, int generation) {

  /** Throws {@link IllegalArgumentException} where a number is negative. */
  public Slot {
    if (number < 0 || generation < 0) {
      throw new IllegalArgumentException("a slot counts from 0: " + number + ", " + generation);
    }
  }

  /** The slot that these tags tell of; empty where they tell of none. */
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

  /** The same place for the instance after this one. */
  public Slot next() {
    return new Slot(pool, number, generation + 1);
  }

  /**
   * The client token of the launch. Consumers that know nothing of each other ask for the same slot
   * with the same token, so that EC2 answers all of them with one instance.
   */
  public String launchToken() {
    return Fingerprint.of(
        List.of("launch", pool, Integer.toString(number), Integer.toString(generation)));
  }

  /** The client token of the target that is made of an interface. */
  public static String targetToken(InterfaceId networkInterface) {
    return Fingerprint.of(List.of("target", networkInterface.value()));
  }

  @Override
  public String toString() {
    return "slot %d of pool %s, generation %d".formatted(number, pool, generation);
  }
}
