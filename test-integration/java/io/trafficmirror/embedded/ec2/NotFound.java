package io.trafficmirror.embedded.ec2;

import java.util.List;

/** The refusals of ids that are not there. */
final class NotFound {

  private NotFound() {}

  /**
   * Instances, interfaces, subnets and VPCs, where EC2 tells a malformed id from an unknown one.
   */
  static Refusal of(String kind, String prefix, String codeStem, List<String> ids) {
    for (String id : ids) {
      if (!id.matches(prefix + "-([0-9a-f]{8}|[0-9a-f]{17})")) {
        return new Refusal(codeStem + ".Malformed", "Invalid id: \"%s\"".formatted(id));
      }
    }
    return new Refusal(codeStem + ".NotFound", message(kind, ids));
  }

  static Refusal instances(List<String> ids) {
    return of("instance", "i", "InvalidInstanceID", ids);
  }

  static Refusal interfaces(List<String> ids) {
    return of("networkInterface", "eni", "InvalidNetworkInterfaceID", ids);
  }

  static Refusal subnets(List<String> ids) {
    return of("subnet", "subnet", "InvalidSubnetID", ids);
  }

  static Refusal vpcs(List<String> ids) {
    return of("vpc", "vpc", "InvalidVpcID", ids);
  }

  static Refusal sessions(World world, List<String> ids) {
    return mirror(world, "Session", "InvalidTrafficMirrorSessionNotFound", ids);
  }

  /** The documented code really lacks a letter. */
  static Refusal targets(World world, List<String> ids) {
    return mirror(world, "Target", "InvalidTrafficMirrorTargetNoFound", ids);
  }

  static Refusal filters(World world, List<String> ids) {
    return mirror(world, "Filter", "InvalidTrafficMirrorFilterNotFound", ids);
  }

  static Refusal filterRules(World world, List<String> ids) {
    return mirror(world, "FilterRule", "InvalidTrafficMirrorFilterRuleNotFound", ids);
  }

  private static Refusal mirror(World world, String kind, String documented, List<String> ids) {
    String observed = "InvalidTrafficMirror" + kind + "Id.NotFound";
    return new Refusal(
        world.unverified().longNotFoundCodes() ? observed : documented,
        message("trafficMirror" + kind, ids));
  }

  private static String message(String kind, List<String> ids) {
    String quoted = String.join(", ", ids);
    return ids.size() == 1
        ? "The %s ID '%s' does not exist".formatted(kind, quoted)
        : "The %s IDs '%s' do not exist".formatted(kind, quoted);
  }
}
