package io.trafficmirror.embedded.ec2;

import java.util.List;

/** Writes instances for DescribeInstances and RunInstances. */
final class InstanceXml {

  private final World world;

  InstanceXml(World world) {
    this.world = world;
  }

  /** Writes the start of a reservation and leaves its {@code instancesSet} open. */
  void openReservation(Xml out, String reservationId) {
    out.text("reservationId", reservationId)
        .text("ownerId", world.account())
        .empty("groupSet")
        .open("instancesSet");
  }

  void write(Xml out, Instance instance, View view) {
    write(out, instance, instance.status().at(view), view);
  }

  void write(Xml out, Instance instance, State state, View view) {
    List<Interface> interfaces = world.interfacesByInstance.find(instance.id(), view);
    Instance.Details details = instance.details();
    out.open("item").text("instanceId", instance.id()).text("imageId", details.imageId());
    writeState(out, "instanceState", state);
    out.text("privateDnsName", details.privateIp().map(InstanceXml::dnsName).orElse(""))
        .text("dnsName", "")
        .text("reason", details.stateReason())
        .number("amiLaunchIndex", instance.index())
        .text("instanceType", instance.type())
        .instant("launchTime", details.launched());
    out.open("placement").text("availabilityZone", instance.zone()).text("tenancy", "default");
    out.close();
    out.text("subnetId", instance.subnetId())
        .text("vpcId", instance.vpcId())
        .text("privateIpAddress", details.privateIp());
    // EC2 returns xen for every instance, Nitro or not (EC2 API model, HypervisorType).
    out.text("clientToken", instance.clientToken().orElse("")).text("hypervisor", "xen");
    InterfaceXml.writeGroups(
        out, interfaces.stream().findFirst().map(e -> e.details().groups()).orElse(List.of()));
    Tags.write(out, instance.tags());
    out.open("metadataOptions").text("state", "applied");
    out.text("httpTokens", details.settings().httpTokens()).text("httpEndpoint", "enabled").close();
    out.open("networkInterfaceSet");
    for (Interface eni : interfaces) {
      InterfaceXml.writeOnInstance(out.open("item"), eni, world.account());
      out.close();
    }
    out.close().close();
  }

  static void writeState(Xml out, String name, State state) {
    out.open(name).number("code", state.code()).text("name", state.text()).close();
  }

  private static String dnsName(String address) {
    return "ip-%s.ec2.internal".formatted(address.replace('.', '-'));
  }
}
