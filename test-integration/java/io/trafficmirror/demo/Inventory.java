package io.trafficmirror.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.trafficmirror.demo.Machine.Nic;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A fleet, read from what {@code aws ec2 describe-instances} prints.
 *
 * @param name how it is called
 * @param json the text, as it is loaded into embedded EC2
 * @param machines every instance of every reservation
 */
record Inventory(String name, String json, List<Machine> machines) {

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
      throw new DemoError(
          file
              + ": expected the output of 'aws ec2 describe-instances --output json':"
              + " an object with a list 'Reservations'");
    }
    return new Inventory(file, json, new Parts(file).machines(root.getAsJsonObject()));
  }

  private static JsonElement read(String file, String json) throws DemoError {
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
      throw new DemoError(file + where + ": this is not JSON");
    }
  }

  /** Reads the parts, and knows where it is for the sake of errors. */
  private static final class Parts {
    private final Set<String> ids = new HashSet<>();
    private String where;

    Parts(String file) {
      this.where = file;
    }

    List<Machine> machines(JsonObject root) throws DemoError {
      String file = where;
      List<Machine> machines = new ArrayList<>();
      int reservation = 0;
      for (JsonElement element : list(root, "Reservations")) {
        int index = 0;
        where = "%s: Reservations[%d]".formatted(file, reservation);
        for (JsonElement instance : list(object(element), "Instances")) {
          where = "%s: Reservations[%d].Instances[%d]".formatted(file, reservation, index++);
          machines.add(machine(object(instance)));
        }
        reservation++;
      }
      return machines;
    }

    private Machine machine(JsonObject json) throws DemoError {
      String id = unique(required(json, "InstanceId", "i-"));
      JsonElement state = json.get("State");
      if (state == null || !state.isJsonObject()) {
        throw wrong("expected an object 'State' with a 'Name'");
      }
      List<Nic> nics = new ArrayList<>();
      for (JsonElement nic : list(json, "NetworkInterfaces")) {
        nics.add(nic(object(nic)));
      }
      Optional<Nic> primary =
          nics.stream().filter(nic -> nic.deviceIndex() == 0 && nic.card() == 0).findFirst();
      return new Machine(
          id,
          text(json, "InstanceType").orElse(""),
          required(state.getAsJsonObject(), "Name", ""),
          text(json, "SubnetId").or(() -> primary.map(Nic::subnet)),
          text(json, "VpcId").or(() -> primary.map(Nic::vpc)),
          tags(json),
          nics);
    }

    private Nic nic(JsonObject json) throws DemoError {
      JsonElement attachment = json.get("Attachment");
      JsonObject attached = attachment == null ? new JsonObject() : object(attachment);
      return new Nic(
          unique(required(json, "NetworkInterfaceId", "eni-")),
          number(attached, "DeviceIndex", -1),
          number(attached, "NetworkCardIndex", 0),
          required(json, "SubnetId", "subnet-"),
          required(json, "VpcId", "vpc-"),
          text(json, "InterfaceType").orElse("interface"));
    }

    private Map<String, String> tags(JsonObject json) throws DemoError {
      Map<String, String> tags = new HashMap<>();
      for (JsonElement element : list(json, "Tags")) {
        JsonObject tag = object(element);
        tags.put(required(tag, "Key", ""), text(tag, "Value").orElse(""));
      }
      return tags;
    }

    private JsonArray list(JsonObject json, String name) throws DemoError {
      JsonElement value = json.get(name);
      if (absent(value)) {
        return new JsonArray();
      }
      if (!value.isJsonArray()) {
        throw wrong("expected '" + name + "' to be a list");
      }
      return value.getAsJsonArray();
    }

    private JsonObject object(JsonElement element) throws DemoError {
      if (!element.isJsonObject()) {
        throw wrong("expected an object, got " + element);
      }
      return element.getAsJsonObject();
    }

    private String required(JsonObject json, String name, String prefix) throws DemoError {
      Optional<String> value = text(json, name);
      if (value.isEmpty() || !value.get().startsWith(prefix)) {
        String kind = prefix.isEmpty() ? "a text" : "an id that starts with " + prefix;
        throw wrong("expected '" + name + "' to be " + kind + ", got " + value.orElse("nothing"));
      }
      return value.get();
    }

    private Optional<String> text(JsonObject json, String name) throws DemoError {
      JsonElement value = json.get(name);
      if (absent(value)) {
        return Optional.empty();
      }
      if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
        throw wrong("expected '" + name + "' to be a text, got " + value);
      }
      return Optional.of(value.getAsString());
    }

    private int number(JsonObject json, String name, int otherwise) throws DemoError {
      JsonElement value = json.get(name);
      if (absent(value)) {
        return otherwise;
      }
      try {
        return value.getAsInt();
      } catch (RuntimeException e) {
        throw wrong("expected '" + name + "' to be a whole number, got " + value);
      }
    }

    private String unique(String id) throws DemoError {
      if (!ids.add(id)) {
        throw wrong(id + " is in the file twice");
      }
      return id;
    }

    private static boolean absent(@Nullable JsonElement value) {
      return value == null || value.isJsonNull();
    }

    private DemoError wrong(String what) {
      return new DemoError(where + ": " + what);
    }
  }
}
