package io.trafficmirror.event;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses bytes strictly into a JSON object. Gson's own tree reader silently keeps the last of
 * several equal keys and recurses without a limit. This reader rejects duplicate keys and limits
 * bytes, depth and values, so that a hostile record cannot exhaust memory or stack.
 */
final class StrictJson {
  /** The largest record that Kinesis accepts (AWS: Kinesis quotas). */
  static final int MAX_BYTES = 10 * 1024 * 1024;

  /** Far deeper than any AWS event, and far below the depth at which the stack overflows. */
  static final int MAX_DEPTH = 100;

  /** Far more than any AWS event has; each value costs some hundred bytes of memory. */
  static final int MAX_VALUES = 100_000;

  private static final int MAX_EXCERPT = 100;

  private final JsonReader reader;
  private int values;

  private StrictJson(JsonReader reader) {
    this.reader = reader;
  }

  /** Parses the bytes; throws with the reason if they are not a JSON object. */
  static Json.Obj read(byte[] data) throws MalformedEventException {
    if (data.length > MAX_BYTES) {
      throw new MalformedEventException(
          "The record has %d bytes, more than the limit of %d.".formatted(data.length, MAX_BYTES));
    }
    JsonReader reader = new JsonReader(new StringReader(decode(data)));
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(MAX_DEPTH);
    return new StrictJson(reader).document();
  }

  private static String decode(byte[] data) throws MalformedEventException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedEventException("The record is not valid UTF-8.");
    }
  }

  private Json.Obj document() throws MalformedEventException {
    try {
      Json root = value();
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedEventException("The record has extra content after its JSON object.");
      }
      if (root instanceof Json.Obj object) {
        return object;
      }
      throw new MalformedEventException("The record is JSON, but not an object.");
    } catch (EOFException e) {
      throw new MalformedEventException("The JSON ends unexpectedly at " + where() + ".");
    } catch (MalformedJsonException e) {
      throw new MalformedEventException("The record is not valid JSON at " + where() + ".");
    } catch (IOException e) {
      throw new MalformedEventException("The record cannot be read at " + where() + ".");
    }
  }

  private String where() {
    return Excerpt.of(reader.getPath(), MAX_EXCERPT);
  }

  private Json value() throws IOException, MalformedEventException {
    values++;
    if (values > MAX_VALUES) {
      throw new MalformedEventException("The JSON has more than %d values.".formatted(MAX_VALUES));
    }
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> object();
      case BEGIN_ARRAY -> array();
      case STRING -> new Json.Text(reader.nextString());
      case NUMBER -> new Json.Num(reader.nextString());
      case BOOLEAN -> new Json.Bool(reader.nextBoolean());
      case NULL -> {
        reader.nextNull();
        yield new Json.Null();
      }
      // value() is called only where a value can begin.
      case NAME, END_OBJECT, END_ARRAY, END_DOCUMENT ->
          throw new MalformedEventException("The record is not valid JSON at " + where() + ".");
    };
  }

  private Json.Obj object() throws IOException, MalformedEventException {
    Map<String, Json> members = new HashMap<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String key = reader.nextName();
      if (members.containsKey(key)) {
        throw new MalformedEventException(
            "The JSON has the key '%s' twice in one object.".formatted(Excerpt.of(key, 60)));
      }
      members.put(key, value());
    }
    reader.endObject();
    return new Json.Obj(members);
  }

  private Json.Arr array() throws IOException, MalformedEventException {
    List<Json> elements = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      elements.add(value());
    }
    reader.endArray();
    return new Json.Arr(elements);
  }
}
