package io.trafficmirror.mirror;

/**
 * The id of a subnet.
 *
 * @param value starts with {@code subnet-}; neither its length nor its alphabet is checked
 */
public record SubnetId(String value) implements Comparable<SubnetId> {
  /** Throws {@link IllegalArgumentException} if {@link #isValid} rejects the value. */
  public SubnetId {
    Ids.require("subnet-", value);
  }

  /** Whether {@code text} has the form of such an id. */
  public static boolean isValid(String text) {
    return Ids.isValid("subnet-", text);
  }

  @Override
  public int compareTo(SubnetId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
