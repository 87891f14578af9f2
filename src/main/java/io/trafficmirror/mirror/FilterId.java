package io.trafficmirror.mirror;

/**
 * The id of a traffic mirror filter.
 *
 * @param value starts with {@code tmf-}; neither its length nor its alphabet is checked
 */
public record FilterId(String value) implements Comparable<FilterId> {
  /** Throws {@link IllegalArgumentException} if {@link #isValid} rejects the value. */
  public FilterId {
    Ids.require("tmf-", value);
  }

  /** Whether {@code text} has the form of such an id. */
  public static boolean isValid(String text) {
    return Ids.isValid("tmf-", text);
  }

  @Override
  public int compareTo(FilterId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
