package io.trafficmirror.embedded.ec2;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in the way of launches; at first nothing does. Codes and statuses are those of the
 * EC2 API reference, "Error codes". In which order EC2 judges is not documented: here it is image,
 * security groups, offer, quota, addresses, capacity.
 */
public final class Obstacles {

  private static final Pattern MULTIPLE = Pattern.compile("(?:metal-)?([0-9]+)xl(?:arge)?");

  private record Place(String type, String zone) {}

  private final Set<Place> withoutCapacity = new HashSet<>();
  private final Set<Place> notOffered = new HashSet<>();
  private final Set<String> unknownImages = new HashSet<>();
  private final Set<String> unknownGroups = new HashSet<>();
  private int vcpuQuota = Integer.MAX_VALUE;

  Obstacles() {}

  /** There is no capacity for the type in the zone: {@code InsufficientInstanceCapacity}, 500. */
  public Obstacles noCapacity(String type, String zone) {
    withoutCapacity.add(new Place(type, zone));
    return this;
  }

  /** The zone does not have the type at all: {@code Unsupported}. */
  public Obstacles notOffered(String type, String zone) {
    notOffered.add(new Place(type, zone));
    return this;
  }

  /** There is no such image: {@code InvalidAMIID.NotFound}. */
  public Obstacles noImage(String imageId) {
    unknownImages.add(imageId);
    return this;
  }

  /** There is no such security group: {@code InvalidGroup.NotFound}. */
  public Obstacles noSecurityGroup(String groupId) {
    unknownGroups.add(groupId);
    return this;
  }

  /**
   * How many vCPUs pending and running instances have at most, before {@code VcpuLimitExceeded}.
   * Counted by a type's size alone: up to medium 1, large 2, xlarge 4, n times xlarge 4n, metal 96.
   */
  public Obstacles vcpuQuota(int vcpus) {
    vcpuQuota = vcpus;
    return this;
  }

  /** Everything is out of the way again. */
  public void clear() {
    withoutCapacity.clear();
    notOffered.clear();
    unknownImages.clear();
    unknownGroups.clear();
    vcpuQuota = Integer.MAX_VALUE;
  }

  /** Before the network is looked at. */
  void checkWhatIsNamed(String imageId, List<String> groups) {
    if (unknownImages.contains(imageId)) {
      throw new Refusal(
          "InvalidAMIID.NotFound", "The image id '[%s]' does not exist".formatted(imageId));
    }
    for (String group : groups) {
      if (unknownGroups.contains(group)) {
        throw new Refusal(
            "InvalidGroup.NotFound", "The security group '%s' does not exist".formatted(group));
      }
    }
  }

  void checkOffer(String type, String zone) {
    if (notOffered.contains(new Place(type, zone))) {
      throw new Refusal(
          "Unsupported",
          "Your requested instance type (%s) is not supported in your requested Availability Zone (%s)."
              .formatted(type, zone));
    }
  }

  /**
   * The quota leaves room for so many more.
   *
   * @param running the types of what counts already
   */
  void checkQuota(String type, int count, List<String> running) {
    if (vcpuQuota == Integer.MAX_VALUE) {
      return;
    }
    int used = running.stream().mapToInt(Obstacles::vcpus).sum();
    if (used + count * vcpus(type) > vcpuQuota) {
      throw new Refusal(
          "VcpuLimitExceeded",
          ("You have requested more vCPU capacity than your current vCPU limit of %d allows for the"
                  + " instance bucket that the specified instance type belongs to.")
              .formatted(vcpuQuota));
    }
  }

  void checkCapacity(String type, String zone) {
    if (withoutCapacity.contains(new Place(type, zone))) {
      throw new Refusal(
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
