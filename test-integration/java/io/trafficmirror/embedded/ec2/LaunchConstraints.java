package io.trafficmirror.embedded.ec2;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The conditions under which launches fail; none by default. Codes and statuses are from the EC2
 * API reference, "Error codes". The order of EC2's checks is not documented; here it is image,
 * security groups, instance type in the zone, quota, addresses, capacity.
 */
public final class LaunchConstraints {

  private static final Pattern MULTIPLE = Pattern.compile("(?:metal-)?([0-9]+)xl(?:arge)?");

  private record TypeInZone(String type, String zone) {}

  private final Set<TypeInZone> withoutCapacity = new HashSet<>();
  private final Set<TypeInZone> notOffered = new HashSet<>();
  private final Set<String> unknownImages = new HashSet<>();
  private final Set<String> unknownGroups = new HashSet<>();
  private int vcpuQuota = Integer.MAX_VALUE;

  LaunchConstraints() {}

  /** Launches of the type in the zone fail with {@code InsufficientInstanceCapacity} (500). */
  public LaunchConstraints noCapacity(String type, String zone) {
    withoutCapacity.add(new TypeInZone(type, zone));
    return this;
  }

  /** The zone does not offer the type: {@code Unsupported}. */
  public LaunchConstraints notOffered(String type, String zone) {
    notOffered.add(new TypeInZone(type, zone));
    return this;
  }

  /** The image does not exist: {@code InvalidAMIID.NotFound}. */
  public LaunchConstraints noImage(String imageId) {
    unknownImages.add(imageId);
    return this;
  }

  /** The security group does not exist: {@code InvalidGroup.NotFound}. */
  public LaunchConstraints noSecurityGroup(String groupId) {
    unknownGroups.add(groupId);
    return this;
  }

  /**
   * The quota of vCPUs of pending and running instances; beyond it, launches fail with {@code
   * VcpuLimitExceeded}. The instance size alone determines the number: 1 up to medium, large 2,
   * xlarge 4, n times xlarge 4n, metal 96.
   */
  public LaunchConstraints vcpuQuota(int vcpus) {
    vcpuQuota = vcpus;
    return this;
  }

  /** Removes all conditions. */
  public void clear() {
    withoutCapacity.clear();
    notOffered.clear();
    unknownImages.clear();
    unknownGroups.clear();
    vcpuQuota = Integer.MAX_VALUE;
  }

  /** These checks precede those of the network. */
  void checkImageAndGroups(String imageId, List<String> groups) {
    if (unknownImages.contains(imageId)) {
      throw new ApiException(
          "InvalidAMIID.NotFound", "The image id '[%s]' does not exist".formatted(imageId));
    }
    for (String group : groups) {
      if (unknownGroups.contains(group)) {
        throw new ApiException(
            "InvalidGroup.NotFound", "The security group '%s' does not exist".formatted(group));
      }
    }
  }

  void checkOffered(String type, String zone) {
    if (notOffered.contains(new TypeInZone(type, zone))) {
      throw new ApiException(
          "Unsupported",
          "Your requested instance type (%s) is not supported in your requested Availability Zone (%s)."
              .formatted(type, zone));
    }
  }

  /**
   * Checks the vCPU quota.
   *
   * @param running the types of the pending and running instances
   */
  void checkQuota(String type, int count, List<String> running) {
    if (vcpuQuota == Integer.MAX_VALUE) {
      return;
    }
    int used = running.stream().mapToInt(LaunchConstraints::vcpus).sum();
    if (used + count * vcpus(type) > vcpuQuota) {
      throw new ApiException(
          "VcpuLimitExceeded",
          ("You have requested more vCPU capacity than your current vCPU limit of %d allows for the"
                  + " instance bucket that the specified instance type belongs to.")
              .formatted(vcpuQuota));
    }
  }

  void checkCapacity(String type, String zone) {
    if (withoutCapacity.contains(new TypeInZone(type, zone))) {
      throw new ApiException(
          500,
          "InsufficientInstanceCapacity",
          "We currently do not have sufficient %s capacity in the Availability Zone you requested (%s)."
              .formatted(type, zone));
    }
  }

  private static int vcpus(String type) {
    String size = type.substring(type.indexOf('.') + 1);
    Matcher multiple = MULTIPLE.matcher(size);
    if (multiple.matches()) {
      return 4 * Integer.parseInt(multiple.group(1));
    }
    return switch (size) {
      case "large" -> 2;
      case "xlarge" -> 4;
      case "metal" -> 96;
      default -> 1;
    };
  }
}
