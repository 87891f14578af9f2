package io.trafficmirror.mirror;

/**
 * Ids are checked by their prefix alone: AWS has lengthened them before and promises no alphabet.
 */
public final class Ids {
  /** Longer than any id that AWS gives; a longer text is a mistake or an attack. */
  private static final int MAX_LENGTH = 128;

  /** Placeholders and wildcards: a permission that is derived from an id must not widen. */
  private static final String NEVER_IN_AN_ID = "<>*?\\";

  private Ids() {}

  /**
   * Whether {@code text} could be an id with that prefix, for ids that the domain keeps as text.
   *
   * @param prefix up to and with its hyphen, for example {@code ami-}
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
