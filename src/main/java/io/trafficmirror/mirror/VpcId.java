package io.trafficmirror.mirror;

/**
 * The id of a VPC.
 *
 * @param value starts with {@code vpc-}; neither its length nor its alphabet is checked
 */
public record VpcId(String value) implements Comparable<VpcId> {
  /** Throws {@link IllegalArgumentException} where the value is not such an id. */
  public VpcId {
    Ids.require("vpc-", value);
  }

  /** Whether {@code text} could be such an id. */
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
