package io.trafficmirror.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.trafficmirror.demo.Machine.Nic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the output of {@code aws ec2 describe-instances} and tracks the position for error
 * messages. Reads one file. Not safe for use by several threads.
 */
final class InventoryReader {

  /** The instance states of EC2 in the order of the life cycle (API reference, InstanceState). */
  private static final List<String> STATES =
      List.of("pending", "running", "stopping", "stopped", "shutting-down", "terminated");

  private final Set<String> ids = new HashSet<>();
  private final String file;
  private String where;

  /**
   * Creates a reader.
   *
   * @param file the name of the file, for error messages
   */
  InventoryReader(String file) {
    this.file = file;
    this.where = file;
  }

  /**
   * Reads all instances of all reservations.
   *
   * @throws DemoError at the first error; the message contains the file name and the position
   */
  List<Machine> machines(JsonObject root) throws DemoError {
    List<Machine> machines = new ArrayList<>();
    int reservation = 0;
    for (JsonElement element : list(root, "Reservations")) {
      String position = "%s: Reservations[%d]".formatted(file, reservation++);
      where = position;
      int index = 0;
      for (JsonElement instance : list(object(element), "Instances")) {
        where = "%s.Instances[%d]".formatted(position, index++);
        machines.add(machine(object(instance)));
      }
    }
    return machines;
  }

  private Machine machine(JsonObject json) throws DemoError {
    String id = unique(required(json, "InstanceId", "i-"));
    String state = state(json);
    List<Nic> nics = nics(json);
    Optional<Nic> primary =
        nics.stream().filter(nic -> nic.deviceIndex() == 0 && nic.card() == 0).findFirst();
    return new Machine(
        id,
        text(json, "InstanceType").orElse(""),
        state,
        text(json, "SubnetId").or(() -> primary.map(Nic::subnet)),
        text(json, "VpcId").or(() -> primary.map(Nic::vpc)),
        tags(json),
        nics);
  }

  private String state(JsonObject json) throws DemoError {
    JsonElement state = json.get("State");
    if (state == null || !state.isJsonObject()) {
      throw error("expected an object 'State' with a 'Name'");
    }
    String instance = where;
    where = instance + ".State";
    String name = required(state.getAsJsonObject(), "Name", "");
    if (!STATES.contains(name)) {
      throw error("expected 'Name' to be one of %s, got %s".formatted(listed(), name));
    }
    where = instance;
    return name;
  }

  private static String listed() {
    return String.join(", ", STATES.subList(0, STATES.size() - 1)) + " and " + STATES.getLast();
  }

  private List<Nic> nics(JsonObject json) throws DemoError {
    String instance = where;
    List<Nic> nics = new ArrayList<>();
    for (JsonElement element : list(json, "NetworkInterfaces")) {
      where = "%s.NetworkInterfaces[%d]".formatted(instance, nics.size());
      nics.add(nic(object(element), nics.size()));
    }
    where = instance;
    return nics;
  }

  private Nic nic(JsonObject json, int position) throws DemoError {
    JsonElement attachment = json.get("Attachment");
    JsonObject attached =
        attachment == null || absent(attachment) ? new JsonObject() : object(attachment);
    return new Nic(
        unique(required(json, "NetworkInterfaceId", "eni-")),
        // Embedded EC2 reads the same file and numbers interfaces without a device index in order.
        number(attached, "DeviceIndex", position),
        number(attached, "NetworkCardIndex", 0),
        required(json, "SubnetId", "subnet-"),
        required(json, "VpcId", "vpc-"),
        text(json, "InterfaceType").orElse("interface"));
  }

  private Map<String, String> tags(JsonObject json) throws DemoError {
    String instance = where;
    Map<String, String> tags = new HashMap<>();
    int index = 0;
    for (JsonElement element : list(json, "Tags")) {
      where = "%s.Tags[%d]".formatted(instance, index++);
      JsonObject tag = object(element);
      tags.put(required(tag, "Key", ""), text(tag, "Value").orElse(""));
    }
    where = instance;
    return tags;
  }

  private JsonArray list(JsonObject json, String name) throws DemoError {
    JsonElement value = json.get(name);
    if (absent(value)) {
      return new JsonArray();
    }
    if (!value.isJsonArray()) {
      throw error("expected '" + name + "' to be a list");
    }
    return value.getAsJsonArray();
  }

  private JsonObject object(JsonElement element) throws DemoError {
    if (!element.isJsonObject()) {
      throw error("expected an object, got " + element);
    }
    return element.getAsJsonObject();
  }

  private String required(JsonObject json, String name, String prefix) throws DemoError {
    Optional<String> value = text(json, name);
    if (value.isEmpty() || !value.get().startsWith(prefix)) {
      String kind = prefix.isEmpty() ? "a string" : "an id that starts with " + prefix;
      throw error("expected '" + name + "' to be " + kind + ", got " + value.orElse("nothing"));
    }
    return value.get();
  }

  private Optional<String> text(JsonObject json, String name) throws DemoError {
    JsonElement value = json.get(name);
    if (absent(value)) {
      return Optional.empty();
    }
    if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
      throw error("expected '" + name + "' to be a string, got " + value);
    }
    return Optional.of(value.getAsString());
  }

  private int number(JsonObject json, String name, int defaultValue) throws DemoError {
    JsonElement value = json.get(name);
    if (absent(value)) {
      return defaultValue;
    }
    try {
      return value.getAsInt();
    } catch (RuntimeException e) {
      throw error("expected '" + name + "' to be a whole number, got " + value);
    }
  }

  private String unique(String id) throws DemoError {
    if (!ids.add(id)) {
      throw error(id + " occurs twice in the file");
    }
    return id;
  }

  private static boolean absent(@Nullable JsonElement value) {
    return value == null || value.isJsonNull();
  }

  private DemoError error(String what) {
    return new DemoError(where + ": " + what);
  }
}
