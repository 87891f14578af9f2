package io.trafficmirror.mirror;

/**
 * The id of a traffic mirror target.
 *
 * @param value starts with {@code tmt-}; neither its length nor its alphabet is checked
 */
public record TargetId(String value) implements Comparable<TargetId> {
  /** Throws {@link IllegalArgumentException} if {@link #isValid} rejects the value. */
  public TargetId {
    Ids.require("tmt-", value);
  }

  /** Whether {@code text} has the form of such an id. */
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
