package io.trafficmirror.embedded.ec2;

import java.util.List;

/** The errors for unknown ids. */
final class NotFound {

  private NotFound() {}

  /**
   * Instances, interfaces, subnets and VPCs, where EC2 distinguishes malformed from unknown ids.
   */
  static ApiException of(String kind, String prefix, String codeStem, List<String> ids) {
    for (String id : ids) {
      if (!id.matches(prefix + "-([0-9a-f]{8}|[0-9a-f]{17})")) {
        return new ApiException(codeStem + ".Malformed", "Invalid id: \"%s\"".formatted(id));
      }
    }
    return new ApiException(codeStem + ".NotFound", message(kind, ids));
  }

  static ApiException instances(List<String> ids) {
    return of("instance", "i", "InvalidInstanceID", ids);
  }

  static ApiException interfaces(List<String> ids) {
    return of("networkInterface", "eni", "InvalidNetworkInterfaceID", ids);
  }

  static ApiException subnets(List<String> ids) {
    return of("subnet", "subnet", "InvalidSubnetID", ids);
  }

  static ApiException vpcs(List<String> ids) {
    return of("vpc", "vpc", "InvalidVpcID", ids);
  }

  static ApiException sessions(World world, List<String> ids) {
    return mirror(world, "Session", "InvalidTrafficMirrorSessionNotFound", ids);
  }

  /** The documented code really lacks a letter. */
  static ApiException targets(World world, List<String> ids) {
    return mirror(world, "Target", "InvalidTrafficMirrorTargetNoFound", ids);
  }

  static ApiException filters(World world, List<String> ids) {
    return mirror(world, "Filter", "InvalidTrafficMirrorFilterNotFound", ids);
  }

  static ApiException filterRules(World world, List<String> ids) {
    return mirror(world, "FilterRule", "InvalidTrafficMirrorFilterRuleNotFound", ids);
  }

  private static ApiException mirror(
      World world, String kind, String documented, List<String> ids) {
    String observed = "InvalidTrafficMirror" + kind + "Id.NotFound";
    return new ApiException(
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
