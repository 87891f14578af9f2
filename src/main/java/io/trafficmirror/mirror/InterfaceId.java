package io.trafficmirror.mirror;

/**
 * The id of a network interface.
 *
 * @param value starts with {@code eni-}; neither its length nor its alphabet is checked
 */
public record InterfaceId(String value) implements Comparable<InterfaceId> {
  /** Throws {@link IllegalArgumentException} if {@link #isValid} rejects the value. */
  public InterfaceId {
    Ids.require("eni-", value);
  }

  /** Whether {@code text} has the form of such an id. */
  public static boolean isValid(String text) {
    return Ids.isValid("eni-", text);
  }

  @Override
  public int compareTo(InterfaceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
