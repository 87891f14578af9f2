package io.trafficmirror.embedded.ec2;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** RunInstances. */
final class LaunchActions {

  /** The resource types that RunInstances can tag (EC2 API reference, TagSpecification). */
  private static final Set<String> TAGGABLE =
      Set.of("instance", "volume", "network-interface", "spot-instances-request", "elastic-gpu");

  private final World world;
  private final InstanceXml xml;
  private final Launcher launcher;

  LaunchActions(World world) {
    this.world = world;
    this.xml = new InstanceXml(world);
    this.launcher = new Launcher(world);
  }

  Map<String, Action> actions() {
    return Map.of(
        "RunInstances",
        Action.of(
            "MinCount! MaxCount! ImageId! InstanceType SubnetId SecurityGroupId.# UserData KeyName"
                + " IamInstanceProfile.Arn IamInstanceProfile.Name EbsOptimized Monitoring.Enabled"
                + " MetadataOptions.HttpTokens MetadataOptions.HttpEndpoint"
                + " MetadataOptions.HttpPutResponseHopLimit MetadataOptions.InstanceMetadataTags"
                + " InstanceInitiatedShutdownBehavior DisableApiTermination"
                + " NetworkInterface.#.DeviceIndex NetworkInterface.#.NetworkCardIndex"
                + " NetworkInterface.#.SubnetId NetworkInterface.#.NetworkInterfaceId"
                + " NetworkInterface.#.DeleteOnTermination NetworkInterface.#.Description"
                + " NetworkInterface.#.InterfaceType NetworkInterface.#.AssociatePublicIpAddress"
                + " NetworkInterface.#.SecurityGroupId.# +Tags +Token",
            this::run));
  }

  private void run(Parameters request, Xml out) {
    Optional<String> token = ClientTokens.of(request);
    int minimum = request.requiredInteger("MinCount");
    int maximum = request.requiredInteger("MaxCount");
    if (minimum < 1 || maximum < minimum) {
      throw ApiException.invalidValue(Integer.toString(minimum), "minCount");
    }
    String type = request.text("InstanceType").orElse("m1.small");
    if (!InstanceTypeActions.TYPES.contains(type)) {
      throw new ApiException(
          "InvalidParameterValue", "Invalid value '%s' for InstanceType.".formatted(type));
    }
    request.text("UserData").ifPresent(LaunchActions::checkBase64);
    Launcher.Order order =
        new Launcher.Order(
            maximum,
            type,
            request.required("ImageId"),
            token,
            Tags.onCreate(request, "instance", TAGGABLE),
            Tags.onCreate(request, "network-interface", TAGGABLE),
            settings(request));
    List<Launcher.Network> networks = networks(request);
    // Idempotency is zonal with a subnet, otherwise regional: EC2 Developer Guide.
    String scope = "RunInstances " + zone(networks);
    String digest = request.canonical(Set.of("ClientToken", "DryRun"));
    Optional<List<Instance>> before = token.flatMap(t -> replay(scope, t, digest));
    List<Instance> launched = before.orElseGet(() -> launcher.launch(order, networks));
    token.ifPresent(
        t -> world.clientTokens().remember(scope, t, digest, new Launch(ids(launched))));
    xml.openReservation(out, launched.getFirst().reservationId());
    View now = world.current();
    for (Instance instance : launched) {
      // The response to a launch always shows pending, even without a transition time.
      State state = before.isEmpty() ? State.PENDING : instance.status().at(now);
      xml.write(out, instance, state, now);
    }
    out.close();
  }

  private static Instance.Settings settings(Parameters request) {
    return new Instance.Settings(
        request.oneOf("MetadataOptions.HttpTokens", List.of("optional", "required")),
        request.oneOf("InstanceInitiatedShutdownBehavior", List.of("stop", "terminate")),
        Tags.onCreate(request, "volume", TAGGABLE));
  }

  /** The result of a client token. */
  private record Launch(List<String> instanceIds) {}

  private static List<String> ids(List<Instance> instances) {
    return instances.stream().map(Instance::id).toList();
  }

  private Optional<List<Instance>> replay(String scope, String token, String digest) {
    Optional<Launch> before = world.clientTokens().replay(scope, token, digest, Launch.class);
    if (before.isEmpty()) {
      return Optional.empty();
    }
    List<Instance> instances = new ArrayList<>();
    for (String id : before.get().instanceIds()) {
      world.instances.now(id).ifPresent(instances::add);
    }
    boolean ended =
        instances.stream().anyMatch(instance -> instance.status().at(world.current()).isEnding());
    if (ended) {
      throw new ApiException(
          "IdempotentInstanceTerminated",
          "The client token you have provided is associated with a terminated instance. Please use"
              + " a different client token.");
    }
    return Optional.of(instances);
  }

  private String zone(List<Launcher.Network> networks) {
    return networks.stream()
        .flatMap(network -> network.subnetId().stream())
        .flatMap(id -> world.subnets.now(id).stream())
        .map(Subnet::zone)
        .findFirst()
        .orElse("");
  }

  private static List<Launcher.Network> networks(Parameters request) {
    List<Launcher.Network> networks = new ArrayList<>();
    List<Parameters> structures = request.structures("NetworkInterface");
    Optional<String> subnet = request.text("SubnetId");
    List<String> groups = request.list("SecurityGroupId");
    if (structures.isEmpty()) {
      return List.of(
          new Launcher.Network(0, 0, subnet, Optional.empty(), true, "", "interface", groups));
    }
    if (subnet.isPresent() || !groups.isEmpty()) {
      throw new ApiException(
          "InvalidParameterCombination",
          "Network interfaces and an instance-level %s may not be specified on the same request"
              .formatted(subnet.isPresent() ? "subnet ID" : "security groups"));
    }
    for (Parameters structure : structures) {
      Optional<String> existing = structure.text("NetworkInterfaceId");
      networks.add(
          new Launcher.Network(
              structure.requiredInteger("DeviceIndex"),
              structure.integer("NetworkCardIndex").orElse(0),
              structure.text("SubnetId"),
              existing,
              structure.flag("DeleteOnTermination", existing.isEmpty()),
              structure.text("Description").orElse(""),
              structure.text("InterfaceType").orElse("interface"),
              structure.list("SecurityGroupId")));
    }
    return networks;
  }

  private static void checkBase64(String userData) {
    try {
      Base64.getMimeDecoder().decode(userData);
    } catch (IllegalArgumentException notBase64) {
      throw new ApiException("InvalidUserData.Malformed", "Invalid BASE64 encoding of user data.");
    }
  }
}
