package io.trafficmirror.mirror;

/**
 * The id of a VPC.
 *
 * @param value starts with {@code vpc-}; neither its length nor its alphabet is checked
 */
public record VpcId(String value) implements Comparable<VpcId> {
  /** Throws {@link IllegalArgumentException} if {@link #isValid} rejects the value. */
  public VpcId {
    Ids.require("vpc-", value);
  }

  /** Whether {@code text} has the form of such an id. */
  public static boolean isValid(String text) {
    return Ids.isValid("vpc-", text);
  }

  @Override
  public int compareTo(VpcId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
