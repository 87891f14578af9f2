package io.trafficmirror.demo;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.trafficmirror.demo.DemoNetwork.Subnet;
import io.trafficmirror.demo.Machine.Nic;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a fleet in the format of {@code aws ec2 describe-instances}, on one line. */
final class FleetJson {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  /** The state codes of EC2 (API reference, InstanceState). */
  private static final Map<String, Integer> STATE_CODES =
      Map.of(
          "pending", 0,
          "running", 16,
          "shutting-down", 32,
          "terminated", 48,
          "stopping", 64,
          "stopped", 80);

  private FleetJson() {}

  /** Writes one reservation per inner list. */
  static String write(List<List<Machine>> reservations) {
    JsonArray list = new JsonArray();
    for (List<Machine> machines : reservations) {
      JsonArray instances = new JsonArray();
      machines.forEach(machine -> instances.add(instance(machine)));
      JsonObject reservation = new JsonObject();
      String first = machines.getFirst().id();
      reservation.addProperty("ReservationId", "r-" + first.substring("i-".length()));
      reservation.addProperty("OwnerId", DemoNetwork.ACCOUNT);
      reservation.add("Groups", new JsonArray());
      reservation.add("Instances", instances);
      list.add(reservation);
    }
    JsonObject root = new JsonObject();
    root.add("Reservations", list);
    return GSON.toJson(root) + "\n";
  }

  private static JsonObject instance(Machine machine) {
    JsonObject json = new JsonObject();
    json.addProperty("InstanceId", machine.id());
    json.addProperty("ImageId", "ami-00000000000000001");
    json.addProperty("InstanceType", machine.type());
    json.addProperty("LaunchTime", "2026-01-15T09:30:00+00:00");
    JsonObject state = new JsonObject();
    state.addProperty("Code", STATE_CODES.get(machine.state()));
    state.addProperty("Name", machine.state());
    json.add("State", state);
    machine.subnet().ifPresent(subnet -> json.addProperty("SubnetId", subnet));
    machine.vpc().ifPresent(vpc -> json.addProperty("VpcId", vpc));
    machine.subnet().ifPresent(subnet -> json.add("Placement", placement(subnet)));
    JsonArray nics = new JsonArray();
    machine.interfaces().forEach(nic -> nics.add(networkInterface(nic)));
    json.add("NetworkInterfaces", nics);
    JsonArray tags = new JsonArray();
    new TreeMap<>(machine.tags()).forEach((key, value) -> tags.add(tag(key, value)));
    json.add("Tags", tags);
    return json;
  }

  private static JsonObject placement(String subnet) {
    JsonObject placement = new JsonObject();
    placement.addProperty(
        "AvailabilityZone",
        DemoNetwork.subnets().stream()
            .filter(known -> known.id().equals(subnet))
            .findFirst()
            .map(Subnet::zone)
            .orElse("us-east-1a"));
    return placement;
  }

  private static JsonObject networkInterface(Nic nic) {
    JsonObject json = new JsonObject();
    json.addProperty("NetworkInterfaceId", nic.id());
    json.addProperty("InterfaceType", nic.kind());
    json.addProperty("OwnerId", DemoNetwork.ACCOUNT);
    json.addProperty("Status", "in-use");
    json.addProperty("SubnetId", nic.subnet());
    json.addProperty("VpcId", nic.vpc());
    JsonObject attachment = new JsonObject();
    attachment.addProperty("DeleteOnTermination", true);
    attachment.addProperty("DeviceIndex", nic.deviceIndex());
    attachment.addProperty("NetworkCardIndex", nic.card());
    attachment.addProperty("Status", "attached");
    json.add("Attachment", attachment);
    return json;
  }

  private static JsonObject tag(String key, String value) {
    JsonObject json = new JsonObject();
    json.addProperty("Key", key);
    json.addProperty("Value", value);
    return json;
  }
}
