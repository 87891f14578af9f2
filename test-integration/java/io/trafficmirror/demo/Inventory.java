package io.trafficmirror.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fleet, read from what {@code aws ec2 describe-instances} prints.
 *
 * @param name how it is called
 * @param json the text, as it is loaded into embedded EC2
 * @param machines every instance of every reservation
 */
record Inventory(String name, String json, List<Machine> machines) {

  private static final String EXPECTED =
      "expected what 'aws ec2 describe-instances --output json' prints";

  private static final Pattern PLACE = Pattern.compile("line (\\d+) column (\\d+)");

  /** Copies the list. */
  Inventory {
    machines = List.copyOf(machines);
  }

  /**
   * Reads a fleet.
   *
   * @param file how the file is called in an error
   * @param json its content
   * @throws DemoError where it is not such a file; names the file, and the line or the instance
   */
  static Inventory parse(String file, String json) throws DemoError {
    JsonElement root = read(file, json);
    if (!root.isJsonObject()
        || !(root.getAsJsonObject().get("Reservations") instanceof JsonArray)) {
      throw new DemoError("%s: %s: an object with a list 'Reservations'".formatted(file, EXPECTED));
    }
    return new Inventory(file, json, new InventoryReader(file).machines(root.getAsJsonObject()));
  }

  private static JsonElement read(String file, String json) throws DemoError {
    if (json.isBlank()) {
      throw new DemoError("%s: this file is empty: %s".formatted(file, EXPECTED));
    }
    // Gson's reader names line and column, and in strict mode takes JSON only.
    try (JsonReader reader = new JsonReader(new StringReader(json))) {
      reader.setStrictness(Strictness.STRICT);
      JsonElement root = JsonParser.parseReader(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new DemoError(file + ": more text after the end of the JSON document");
      }
      return root;
    } catch (IOException | JsonParseException | IllegalStateException e) {
      // Gson's own words are advice to programmers; what helps here is where it stopped.
      Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
      String where = place.find() ? ":" + place.group(1) + ":" + place.group(2) : "";
      throw new DemoError("%s%s: this is not JSON: %s".formatted(file, where, EXPECTED));
    }
  }
}
