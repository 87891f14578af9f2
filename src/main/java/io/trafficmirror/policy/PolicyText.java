package io.trafficmirror.policy;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes the bytes of a policy file as text. Invalid bytes and control characters are reported
 * with their position and replaced by an underscore, which keeps the columns of the line, so that
 * parsing can continue.
 */
final class PolicyText {
  private static final char REPLACEMENT = '_';
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private PolicyText() {}

  static String of(byte[] content, Problems problems) {
    if (isUtf16(content)) {
      problems.error(
          Position.START, "the file is UTF-16, but a policy must be UTF-8: save it as UTF-8");
      return "";
    }
    return withoutControlCharacters(decoded(content), problems);
  }

  private static boolean isUtf16(byte[] content) {
    if (content.length < 2) {
      return false;
    }
    int first = content[0] & 0xff;
    int second = content[1] & 0xff;
    return (first == 0xfe && second == 0xff) || (first == 0xff && second == 0xfe);
  }

  /** Malformed bytes become lone surrogates, which cannot occur in UTF-8 text. */
  private static String decoded(byte[] content) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(content);
    CharBuffer out = CharBuffer.allocate(content.length);
    CoderResult result = decoder.decode(in, out, true);
    while (result.isError()) {
      in.position(in.position() + result.length());
      out.put(Character.MIN_SURROGATE);
      result = decoder.decode(in, out, true);
    }
    String text = out.flip().toString();
    return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
  }

  private static String withoutControlCharacters(String text, Problems problems) {
    StringBuilder clean = new StringBuilder(text.length());
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int point = text.codePointAt(i);
      if (isText(point)) {
        clean.appendCodePoint(point);
      } else {
        problems.error(new Position(line, column), message(point));
        clean.append(REPLACEMENT);
      }
      column++;
      if (endsLine(text, i)) {
        line++;
        column = 1;
      }
    }
    return clean.toString();
  }

  private static boolean endsLine(String text, int index) {
    char c = text.charAt(index);
    return c == '\n' || (c == '\r' && !text.startsWith("\n", index + 1));
  }

  /** Whether YAML 1.2 calls the character printable (section 5.1). */
  private static boolean isText(int point) {
    return point == '\t'
        || point == '\n'
        || point == '\r'
        || point == 0x85
        || (point >= ' ' && point < 0x7f)
        || (point >= 0xa0 && point < Character.MIN_SURROGATE)
        || (point > Character.MAX_SURROGATE && point < 0xfffe)
        || point > 0xffff;
  }

  private static String message(int point) {
    return point == Character.MIN_SURROGATE
        ? "this is not UTF-8: save the file as UTF-8"
        : "the control character U+%04X is not allowed in a policy: remove it".formatted(point);
  }
}
