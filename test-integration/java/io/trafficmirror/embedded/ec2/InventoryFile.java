package io.trafficmirror.embedded.ec2;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Parses the output of {@code aws ec2 describe-instances}. Unknown keys are ignored. */
final class InventoryFile {

  private final World world;

  InventoryFile(World world) {
    this.world = world;
  }

  /**
   * The instances of the file.
   *
   * @throws IllegalArgumentException if the format is wrong; the message contains the instance id
   */
  List<SeedInstance> read(String json) {
    JsonElement root = parse(json);
    if (!root.isJsonObject() || !root.getAsJsonObject().has("Reservations")) {
      throw new IllegalArgumentException(
          "not the output of aws ec2 describe-instances: Reservations is missing");
    }
    List<SeedInstance> all = new ArrayList<>();
    for (JsonObject reservation : objects("the file", root.getAsJsonObject(), "Reservations")) {
      String id =
          text("a reservation", reservation, "ReservationId")
              .orElseGet(() -> world.ids().next("r"));
      for (JsonObject instance : objects("reservation " + id, reservation, "Instances")) {
        all.add(instance(instance, id, all.size()));
      }
    }
    return all;
  }

  private static JsonElement parse(String json) {
    JsonReader reader = new JsonReader(new StringReader(json));
    reader.setStrictness(Strictness.STRICT);
    try {
      JsonElement root = JsonParser.parseReader(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new IllegalArgumentException("not JSON: trailing data");
      }
      return root;
    } catch (JsonParseException | IOException broken) {
      throw new IllegalArgumentException("not JSON: " + broken.getMessage(), broken);
    }
  }

  private SeedInstance instance(JsonObject json, String reservationId, int position) {
    String where = "instance number %d".formatted(position + 1);
    String id =
        text(where, json, "InstanceId")
            .orElseThrow(() -> new IllegalArgumentException(where + " has no InstanceId"));
    SortedMap<String, String> tags = new TreeMap<>();
    for (JsonObject tag : objects(id, json, "Tags")) {
      String key =
          text(id, tag, "Key")
              .orElseThrow(() -> new IllegalArgumentException(id + ": a tag without a Key"));
      tags.put(key, text(id, tag, "Value").orElse(""));
    }
    Optional<String> subnetId = text(id, json, "SubnetId");
    Optional<String> vpcId = text(id, json, "VpcId");
    List<SeedInterface> interfaces = new ArrayList<>();
    for (JsonObject eni : objects(id, json, "NetworkInterfaces")) {
      interfaces.add(networkInterface(id, eni, interfaces.size(), subnetId, vpcId));
    }
    return new SeedInstance(
        id,
        reservationId,
        integer(id, json, "AmiLaunchIndex").orElse(position),
        text(id, json, "InstanceType").orElse("m5.large"),
        InstanceSeeding.state(
            id, object(id, json, "State").flatMap(s -> text(id, s, "Name")).orElse("running")),
        text(id, json, "ImageId"),
        subnetId,
        vpcId,
        object(id, json, "Placement")
            .flatMap(p -> text(id, p, "AvailabilityZone"))
            .orElse(world.region() + "a"),
        tags,
        interfaces);
  }

  private SeedInterface networkInterface(
      String instanceId,
      JsonObject json,
      int position,
      Optional<String> subnetId,
      Optional<String> vpcId) {
    String id =
        text(instanceId, json, "NetworkInterfaceId")
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        instanceId + ": an interface without a NetworkInterfaceId"));
    JsonObject attachment = object(instanceId, json, "Attachment").orElseGet(JsonObject::new);
    List<String> groups = new ArrayList<>();
    for (JsonObject group : objects(instanceId, json, "Groups")) {
      text(instanceId, group, "GroupId").ifPresent(groups::add);
    }
    return new SeedInterface(
        id,
        integer(instanceId, attachment, "DeviceIndex").orElse(position),
        integer(instanceId, attachment, "NetworkCardIndex").orElse(0),
        text(instanceId, json, "SubnetId").or(() -> subnetId),
        text(instanceId, json, "VpcId").or(() -> vpcId),
        text(instanceId, json, "InterfaceType").orElse("interface"),
        text(instanceId, attachment, "Status").orElse("attached"),
        flag(instanceId, attachment, "DeleteOnTermination").orElse(true),
        text(instanceId, json, "PrivateIpAddress"),
        groups);
  }

  private static Optional<JsonElement> element(JsonObject json, String key) {
    return Optional.ofNullable(json.get(key)).filter(element -> !element.isJsonNull());
  }

  private static IllegalArgumentException wrong(String where, String key, String expected) {
    return new IllegalArgumentException("%s: %s is not %s".formatted(where, key, expected));
  }

  private static Optional<String> text(String where, JsonObject json, String key) {
    return element(json, key)
        .map(
            element -> {
              if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
                throw wrong(where, key, "a string");
              }
              return element.getAsString();
            });
  }

  private static Optional<Integer> integer(String where, JsonObject json, String key) {
    return element(json, key)
        .map(
            element -> {
              try {
                return element.getAsInt();
              } catch (NumberFormatException | IllegalStateException | ClassCastException e) {
                throw wrong(where, key, "a whole number");
              }
            });
  }

  private static Optional<Boolean> flag(String where, JsonObject json, String key) {
    return element(json, key)
        .map(
            element -> {
              if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isBoolean()) {
                throw wrong(where, key, "true or false");
              }
              return element.getAsBoolean();
            });
  }

  private static Optional<JsonObject> object(String where, JsonObject json, String key) {
    return element(json, key)
        .map(
            element -> {
              if (!element.isJsonObject()) {
                throw wrong(where, key, "an object");
              }
              return element.getAsJsonObject();
            });
  }

  private static List<JsonObject> objects(String where, JsonObject json, String key) {
    List<JsonObject> all = new ArrayList<>();
    JsonElement list = element(json, key).orElseGet(JsonArray::new);
    if (!list.isJsonArray()) {
      throw wrong(where, key, "a list");
    }
    for (JsonElement one : list.getAsJsonArray()) {
      if (!one.isJsonObject()) {
        throw wrong(where, key, "a list of objects");
      }
      all.add(one.getAsJsonObject());
    }
    return all;
  }
}
