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
 * Reads the parts of what {@code aws ec2 describe-instances} prints, and knows where it is for the
 * sake of errors. Reads one file. Not safe for use by several threads.
 */
final class InventoryReader {

  /** EC2's states of an instance, from its birth to its end (API reference, InstanceState). */
  private static final List<String> STATES =
      List.of("pending", "running", "stopping", "stopped", "shutting-down", "terminated");

  private final Set<String> ids = new HashSet<>();
  private final String file;
  private String where;

  /** For a file that is called so in errors. */
  InventoryReader(String file) {
    this.file = file;
    this.where = file;
  }

  /**
   * Every instance of every reservation.
   *
   * @throws DemoError at the first thing that is not as EC2 has it; names the file and the place
   */
  List<Machine> machines(JsonObject root) throws DemoError {
    List<Machine> machines = new ArrayList<>();
    int reservation = 0;
    for (JsonElement element : list(root, "Reservations")) {
      String place = "%s: Reservations[%d]".formatted(file, reservation++);
      where = place;
      int index = 0;
      for (JsonElement instance : list(object(element), "Instances")) {
        where = "%s.Instances[%d]".formatted(place, index++);
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
      throw wrong("expected an object 'State' with a 'Name'");
    }
    String instance = where;
    where = instance + ".State";
    String name = required(state.getAsJsonObject(), "Name", "");
    if (!STATES.contains(name)) {
      throw wrong("expected 'Name' to be one of %s, got %s".formatted(listed(), name));
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
        // Embedded EC2, which reads the same file, attaches what says nothing in the file's order.
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
