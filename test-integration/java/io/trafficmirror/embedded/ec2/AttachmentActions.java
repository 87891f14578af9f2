package io.trafficmirror.embedded.ec2;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Attaches and detaches interfaces. */
final class AttachmentActions {

  private final World world;

  AttachmentActions(World world) {
    this.world = world;
  }

  Map<String, Action> actions() {
    return Map.of(
        "AttachNetworkInterface",
        Action.of("NetworkInterfaceId! InstanceId! DeviceIndex! NetworkCardIndex", this::attach),
        "DetachNetworkInterface",
        Action.of("AttachmentId! Force", this::detach));
  }

  private void attach(Parameters request, Xml out) {
    String interfaceId = request.required("NetworkInterfaceId");
    String instanceId = request.required("InstanceId");
    int deviceIndex = request.requiredInteger("DeviceIndex");
    int networkCard = request.integer("NetworkCardIndex").orElse(0);
    Interface eni =
        world
            .interfaces
            .now(interfaceId)
            .orElseThrow(() -> NotFound.interfaces(List.of(interfaceId)));
    Instance instance =
        world.instances.now(instanceId).orElseThrow(() -> NotFound.instances(List.of(instanceId)));
    check(eni, instance, deviceIndex, networkCard);
    Instant now = world.now();
    Interface.Attachment attachment =
        new Interface.Attachment(
            world.ids().next("eni-attach"),
            instanceId,
            deviceIndex,
            networkCard,
            "attached",
            false,
            now);
    world.interfaces.put(eni.withAttachment(Optional.of(attachment)), now);
    out.text("attachmentId", attachment.id()).number("networkCardIndex", networkCard);
  }

  private void check(Interface eni, Instance instance, int deviceIndex, int networkCard) {
    if (eni.attachment().isPresent()) {
      throw new ApiException(
          "InvalidNetworkInterface.InUse", "Interface: [%s] in use.".formatted(eni.id()));
    }
    if (instance.status().at(world.current()).isEnding()) {
      throw new ApiException(
          "IncorrectState", "The instance '%s' is terminated".formatted(instance.id()));
    }
    if (!eni.zone().equals(instance.zone())) {
      throw new ApiException(
          "InvalidParameterCombination",
          "You may not attach a network interface to an instance if they are not in the same"
              + " availability zone");
    }
    boolean taken =
        world.interfacesByInstance.find(instance.id(), world.current()).stream()
            .flatMap(other -> other.attachment().stream())
            .anyMatch(a -> a.deviceIndex() == deviceIndex && a.networkCard() == networkCard);
    if (deviceIndex < 0 || networkCard < 0 || taken) {
      throw new ApiException(
          "InvalidParameterValue",
          "Instance '%s' already has an interface attached at device index '%d'."
              .formatted(instance.id(), deviceIndex));
    }
  }

  private void detach(Parameters request, Xml out) {
    String id = request.required("AttachmentId");
    request.flag("Force", false);
    Interface eni =
        world.interfaces.all().stream()
            .filter(e -> e.attachment().map(Interface.Attachment::id).equals(Optional.of(id)))
            .findFirst()
            .orElseThrow(
                () ->
                    new ApiException(
                        "InvalidAttachmentID.NotFound",
                        "The networkInterface attachment ID '%s' does not exist".formatted(id)));
    boolean primary =
        eni.attachment().filter(a -> a.deviceIndex() == 0 && a.networkCard() == 0).isPresent();
    if (primary) {
      throw new ApiException(
          "OperationNotPermitted", "The network interface at device index 0 cannot be detached.");
    }
    world.interfaces.put(eni.withAttachment(Optional.empty()), world.now());
    out.flag("return", true);
  }
}
