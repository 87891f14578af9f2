package io.trafficmirror.mirror;

/**
 * Validation of AWS ids. The prefix must match; the rest is hardly checked, because AWS has
 * lengthened ids before and documents no alphabet.
 */
public final class Ids {
  /** Longer than any id that AWS issues; a longer value is a mistake or an attack. */
  private static final int MAX_LENGTH = 128;

  /** Placeholder and wildcard characters, which would widen a permission derived from an id. */
  private static final String NEVER_IN_AN_ID = "<>*?\\";

  private Ids() {}

  /**
   * Whether {@code text} has the form of an id with this prefix. Public for ids that the domain
   * stores as strings.
   *
   * @param prefix the prefix including its hyphen, for example {@code ami-}
   */
  public static boolean isValid(String prefix, String text) {
    return text.startsWith(prefix)
        && text.length() > prefix.length()
        && text.length() <= MAX_LENGTH
        && text.chars().allMatch(c -> c > ' ' && c < 0x7f && NEVER_IN_AN_ID.indexOf(c) < 0);
  }

  static void require(String prefix, String text) {
    if (!isValid(prefix, text)) {
      throw new IllegalArgumentException(
          "expected an id that starts with " + prefix + ", got '" + text + "'");
    }
  }
}
