package io.trafficmirror.embedded.ec2;

import java.util.List;

/**
 * Writes network interfaces, which differ between DescribeInstances and DescribeNetworkInterfaces.
 */
final class InterfaceXml {

  private InterfaceXml() {}

  static void writeOnInstance(Xml out, Interface eni, String account) {
    writeCommon(out, eni, account);
    eni.attachment()
        .ifPresent(
            attachment -> {
              out.open("attachment").text("attachmentId", attachment.id());
              writeAttachment(out, attachment);
              out.close();
            });
    out.text("interfaceType", eni.type());
  }

  static void writeStandalone(Xml out, Interface eni, String account) {
    writeCommon(out, eni, account);
    out.text("availabilityZone", eni.zone()).flag("requesterManaged", false);
    eni.attachment()
        .ifPresent(
            attachment -> {
              out.open("attachment")
                  .text("attachmentId", attachment.id())
                  .text("instanceId", attachment.instanceId())
                  .text("instanceOwnerId", account);
              writeAttachment(out, attachment);
              out.close();
            });
    Tags.write(out, eni.tags());
    out.text("interfaceType", eni.type());
  }

  private static void writeCommon(Xml out, Interface eni, String account) {
    out.text("networkInterfaceId", eni.id())
        .text("subnetId", eni.subnetId())
        .text("vpcId", eni.vpcId())
        .text("description", eni.details().description())
        .text("ownerId", account)
        .text("status", eni.attachment().isPresent() ? "in-use" : "available")
        .text("macAddress", eni.details().mac())
        .text("privateIpAddress", eni.details().address())
        .flag("sourceDestCheck", true);
    writeGroups(out, eni.details().groups());
    out.open("privateIpAddressesSet")
        .open("item")
        .text("privateIpAddress", eni.details().address())
        .flag("primary", true)
        .close()
        .close()
        .empty("ipv6AddressesSet");
  }

  private static void writeAttachment(Xml out, Interface.Attachment attachment) {
    out.number("deviceIndex", attachment.deviceIndex())
        .text("status", attachment.status())
        .instant("attachTime", attachment.since())
        .flag("deleteOnTermination", attachment.deleteOnTermination())
        .number("networkCardIndex", attachment.networkCard());
  }

  static void writeGroups(Xml out, List<String> groups) {
    out.open("groupSet");
    for (String group : groups) {
      out.open("item").text("groupId", group).text("groupName", group).close();
    }
    out.close();
  }
}
