package io.trafficmirror.policy;

import java.util.List;

/** Formats text from the file for messages. */
final class Words {
  private static final int MAX_SHOWN = 60;

  private Words() {}

  /** The text in quotes, on one line, shortened, with control characters escaped. */
  static String quoted(String text) {
    return "'" + oneLine(text) + "'";
  }

  /** The same without the quotes. */
  static String oneLine(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().limit(MAX_SHOWN).forEach(point -> append(shown, point));
    if (text.codePointCount(0, text.length()) > MAX_SHOWN) {
      shown.append("...");
    }
    return shown.toString();
  }

  /** The names joined for a sentence: {@code a, b and c}. */
  static String all(List<String> names) {
    return names.size() == 1
        ? names.getFirst()
        : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }

  private static void append(StringBuilder shown, int point) {
    int type = Character.getType(point);
    boolean invisible =
        Character.isISOControl(point)
            || type == Character.FORMAT
            || type == Character.SURROGATE
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR;
    if (invisible) {
      shown.append("\\u%04X".formatted(point));
    } else {
      shown.appendCodePoint(point);
    }
  }
}
