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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
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

  /** What the file lacks and a result depends on, one line each; perhaps nothing. */
  List<String> warnings() {
    if (machines.isEmpty()) {
      return List.of(name + ": there is no instance in it, so there is nothing to mirror");
    }
    List<String> warnings = new ArrayList<>();
    warn(
        warnings,
        machine -> machine.type().isEmpty(),
        "no 'InstanceType', and count as types that cannot be mirrored");
    warn(
        warnings,
        machine -> machine.isUp() && machine.interfaces().isEmpty(),
        "no 'NetworkInterfaces' although they run, and cannot be mirrored");
    return warnings;
  }

  private void warn(List<String> warnings, Predicate<Machine> which, String lack) {
    List<Machine> some = machines.stream().filter(which).toList();
    if (!some.isEmpty()) {
      warnings.add(
          "%s: %,d of %,d instances, such as %s, have %s"
              .formatted(name, some.size(), machines.size(), some.getFirst().id(), lack));
    }
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
