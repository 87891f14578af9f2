package io.trafficmirror.mirror;

/**
 * The id of an EC2 instance.
 *
 * @param value starts with {@code i-}; neither its length nor its alphabet is checked
 */
public record InstanceId(String value) implements Comparable<InstanceId> {
  /** Throws {@link IllegalArgumentException} if {@link #isValid} rejects the value. */
  public InstanceId {
    Ids.require("i-", value);
  }

  /** Whether {@code text} has the form of such an id. */
  public static boolean isValid(String text) {
    return Ids.isValid("i-", text);
  }

  @Override
  public int compareTo(InstanceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
