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
 * A fleet, read from the output of {@code aws ec2 describe-instances}.
 *
 * @param name the name of the file
 * @param json its text, for embedded EC2
 * @param machines all instances of all reservations
 */
record Inventory(String name, String json, List<Machine> machines) {

  private static final String EXPECTED =
      "expected the output of 'aws ec2 describe-instances --output json'";

  private static final Pattern POSITION = Pattern.compile("line (\\d+) column (\\d+)");

  Inventory {
    machines = List.copyOf(machines);
  }

  /**
   * Parses a fleet.
   *
   * @param file the name of the file, for error messages
   * @param json its content
   * @throws DemoError if the format is wrong; the message contains the file name, and the position
   *     or the instance
   */
  static Inventory parse(String file, String json) throws DemoError {
    JsonElement root = read(file, json);
    if (!root.isJsonObject()
        || !(root.getAsJsonObject().get("Reservations") instanceof JsonArray)) {
      throw new DemoError("%s: %s, an object with a list 'Reservations'".formatted(file, EXPECTED));
    }
    return new Inventory(file, json, new InventoryReader(file).machines(root.getAsJsonObject()));
  }

  /** Missing data that affects the result, one line each; may be empty. */
  List<String> warnings() {
    if (machines.isEmpty()) {
      return List.of(name + ": no instances, so there is nothing to mirror");
    }
    List<String> warnings = new ArrayList<>();
    warn(
        warnings,
        machine -> machine.type().isEmpty(),
        "no 'InstanceType' and are treated as types that cannot be mirrored");
    warn(
        warnings,
        machine -> machine.isUp() && machine.interfaces().isEmpty(),
        "no 'NetworkInterfaces' although they are running, and cannot be mirrored");
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
      throw new DemoError("%s: empty file; %s".formatted(file, EXPECTED));
    }
    // The reader reports line and column, and is strict about the JSON syntax.
    try (JsonReader reader = new JsonReader(new StringReader(json))) {
      reader.setStrictness(Strictness.STRICT);
      JsonElement root = JsonParser.parseReader(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new DemoError(file + ": unexpected text after the JSON document");
      }
      return root;
    } catch (IOException | JsonParseException | IllegalStateException e) {
      // Messages of Gson address programmers; users need only the position.
      Matcher position = POSITION.matcher(String.valueOf(e.getMessage()));
      String where = position.find() ? ":" + position.group(1) + ":" + position.group(2) : "";
      throw new DemoError("%s%s: invalid JSON; %s".formatted(file, where, EXPECTED));
    }
  }
}
