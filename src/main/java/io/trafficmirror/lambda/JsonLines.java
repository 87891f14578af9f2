package io.trafficmirror.lambda;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes log lines: one JSON object per line, with a constant message and keys with values. No
 * value can end the line, forge another one, or control the reader's terminal, because invisible
 * characters are escaped.
 */
final class JsonLines {

  /** The maximum length of a value; longer ones are cut to keep log lines readable. */
  private static final int MAX_VALUE_LENGTH = 1_000;

  /** Replaces an unpaired surrogate, which some JSON parsers reject even if it is escaped. */
  private static final char REPLACEMENT = '\ufffd';

  private final Consumer<String> sink;

  JsonLines(Consumer<String> sink) {
    this.sink = sink;
  }

  /**
   * Writes a log line. Strings, numbers, booleans and lists are written as such; anything else as
   * the text of its {@code toString}.
   */
  void write(Instant time, String level, String message, Map<String, Object> values) {
    JsonObject line = new JsonObject();
    line.addProperty("time", time.toString());
    line.addProperty("level", level);
    line.addProperty("message", message);
    values.forEach((key, value) -> add(line, key, value));
    write(line);
  }

  /** Writes a JSON object as one line. */
  void write(JsonObject line) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      write(json, line);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to an in-memory string failed", e);
    }
    sink.accept(visible(text.toString()));
  }

  /** Writes the tree without {@code Gson}, which would first load the adapters for every type. */
  private static void write(JsonWriter json, JsonElement element) throws IOException {
    if (element instanceof JsonObject object) {
      json.beginObject();
      for (Map.Entry<String, JsonElement> member : object.entrySet()) {
        json.name(member.getKey());
        write(json, member.getValue());
      }
      json.endObject();
    } else if (element instanceof JsonArray array) {
      json.beginArray();
      for (JsonElement item : array) {
        write(json, item);
      }
      json.endArray();
    } else {
      write(json, element.getAsJsonPrimitive());
    }
  }

  private static void write(JsonWriter json, JsonPrimitive value) throws IOException {
    if (value.isNumber()) {
      json.value(value.getAsNumber());
    } else if (value.isBoolean()) {
      json.value(value.getAsBoolean());
    } else {
      json.value(value.getAsString());
    }
  }

  /** Escapes invisible characters; the JSON encoder itself escapes only what JSON requires. */
  private static String visible(String json) {
    if (json.chars().noneMatch(c -> c > '~')) {
      return json;
    }
    StringBuilder result = new StringBuilder(json.length() + 16);
    json.codePoints()
        .forEach(
            c -> {
              if (isVisible(c)) {
                result.appendCodePoint(c);
              } else if (Character.getType(c) == Character.SURROGATE) {
                result.append(REPLACEMENT);
              } else {
                for (char unit : Character.toChars(c)) {
                  result.append("\\u%04x".formatted((int) unit));
                }
              }
            });
    return result.toString();
  }

  /**
   * Whether the character is visible: not a control, a format character such as a text direction
   * mark, a surrogate, a private-use or an unassigned code point.
   */
  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static void add(JsonObject line, String key, Object value) {
    switch (value) {
      case Number number -> line.addProperty(key, number);
      case Boolean flag -> line.addProperty(key, flag);
      case List<?> list -> {
        JsonArray array = new JsonArray();
        list.forEach(item -> array.add(cut(item.toString())));
        line.add(key, array);
      }
      default -> line.addProperty(key, cut(value.toString()));
    }
  }

  private static String cut(String text) {
    return text.length() <= MAX_VALUE_LENGTH ? text : text.substring(0, MAX_VALUE_LENGTH) + "…";
  }
}
