package io.trafficmirror.embedded.ec2;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes valid XML 1.0 for any text: markup is escaped, and characters that XML does not allow
 * (control characters, unpaired surrogates) become U+FFFD.
 */
final class Xml {

  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final StringBuilder out = new StringBuilder(1024);
  private final Deque<String> open = new ArrayDeque<>();

  Xml() {
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  }

  Xml open(String name) {
    out.append('<').append(name).append('>');
    open.push(name);
    return this;
  }

  Xml openWithNamespace(String name, String namespace) {
    out.append('<').append(name).append(" xmlns=\"").append(namespace).append("\">");
    open.push(name);
    return this;
  }

  Xml close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  Xml text(String name, String value) {
    open(name);
    escape(value);
    return close();
  }

  Xml text(String name, Optional<String> value) {
    value.ifPresent(there -> text(name, there));
    return this;
  }

  Xml number(String name, long value) {
    return text(name, Long.toString(value));
  }

  Xml number(String name, Optional<Integer> value) {
    value.ifPresent(there -> number(name, there));
    return this;
  }

  Xml flag(String name, boolean value) {
    return text(name, Boolean.toString(value));
  }

  /** EC2's format of timestamps: UTC with milliseconds. */
  Xml instant(String name, Instant value) {
    return text(name, INSTANT.format(value));
  }

  Xml empty(String name) {
    out.append('<').append(name).append("/>");
    return this;
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); ) {
      int c = value.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        // Parsers normalize these characters unless they are references.
        case '\t', '\n', '\r' -> out.append("&#").append(c).append(';');
        default -> out.appendCodePoint(isXmlCharacter(c) ? c : 0xFFFD);
      }
    }
  }

  /** Whether XML 1.0 allows the character (XML 1.0, production 2). */
  static boolean isXmlCharacter(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }

  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("still open: " + open);
    }
    return out.toString();
  }
}
