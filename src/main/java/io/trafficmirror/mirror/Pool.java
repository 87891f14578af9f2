package io.trafficmirror.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A set of interchangeable targets on demand: those of one deployment with the same image, instance
 * type, security groups and subnet. These are all the settings of a launch, so pools that differ in
 * any of them never share a target.
 *
 * @param deployment the deployment that owns the targets
 * @param instanceType the instance type
 * @param imageId the image of the instances
 * @param securityGroups the security groups of the interfaces, sorted
 * @param subnet the subnet of the instances
 */
public record Pool(
    String deployment,
    String instanceType,
    String imageId,
    List<String> securityGroups,
    SubnetId subnet) {

  private static final int DIGEST_LENGTH = 32;

  /** Sorts the security groups and removes duplicates. */
  public Pool {
    securityGroups = securityGroups.stream().distinct().sorted().toList();
  }

  /**
   * The pool that serves a source.
   *
   * @param deployment this deployment's name
   * @param specification the launch specification of the source's policy entry
   * @param sourceSubnet the source's subnet, used if the entry names none
   * @return the pool; empty if neither gives a subnet
   */
  public static Optional<Pool> of(
      String deployment, LaunchSpecification specification, Optional<SubnetId> sourceSubnet) {
    return specification
        .subnet()
        .or(() -> sourceSubnet)
        .map(
            subnet ->
                new Pool(
                    deployment,
                    specification.instanceType(),
                    specification.imageId(),
                    specification.securityGroups(),
                    subnet));
  }

  /** The value of the pool tag on instances and targets: 32 hexadecimal digits. */
  public String digest() {
    List<String> all = new ArrayList<>(securityGroups);
    all.addFirst(subnet.value());
    all.addFirst(imageId);
    all.addFirst(instanceType);
    all.addFirst(deployment);
    return Fingerprint.of(all).substring(0, DIGEST_LENGTH);
  }

  @Override
  public String toString() {
    return "%s (%s, %s, %s in %s)"
        .formatted(digest(), instanceType, imageId, String.join(" and ", securityGroups), subnet);
  }
}
