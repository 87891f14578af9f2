package io.trafficmirror.mirror;

/**
 * The id of a traffic mirror target.
 *
 * @param value starts with {@code tmt-}; neither its length nor its alphabet is checked
 */
public record TargetId(String value) implements Comparable<TargetId> {
  /** Throws {@link IllegalArgumentException} where the value is not such an id. */
  public TargetId {
    Ids.require("tmt-", value);
  }

  /** Whether {@code text} could be such an id. */
  public static boolean isValid(String text) {
    return Ids.isValid("tmt-", text);
  }

  @Override
  public int compareTo(TargetId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
