package io.trafficmirror.mirror;

/**
 * The id of a traffic mirror session.
 *
 * @param value starts with {@code tms-}; neither its length nor its alphabet is checked
 */
public record SessionId(String value) implements Comparable<SessionId> {
  /** Throws {@link IllegalArgumentException} if {@link #isValid} rejects the value. */
  public SessionId {
    Ids.require("tms-", value);
  }

  /** Whether {@code text} has the form of such an id. */
  public static boolean isValid(String text) {
    return Ids.isValid("tms-", text);
  }

  @Override
  public int compareTo(SessionId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
