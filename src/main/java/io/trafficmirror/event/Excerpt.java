package io.trafficmirror.event;

/** Excerpts of a record that are short enough for a log line. */
final class Excerpt {
  private Excerpt() {}

  /**
   * The text, or its first {@code max} characters and an ellipsis; never splits a surrogate pair.
   */
  static String of(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    return text.substring(0, end) + "…";
  }
}
