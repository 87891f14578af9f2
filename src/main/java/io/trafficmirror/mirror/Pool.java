package io.trafficmirror.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Targets on demand that can stand for each other: those of one deployment with the same image,
 * type, security groups and subnet. Everything that is asked for at a launch is in it, so pools
 * that differ in anything never share a target.
 *
 * @param deployment the deployment that they belong to
 * @param instanceType the type of their instances
 * @param imageId the image of their instances
 * @param securityGroups the security groups of their interfaces, sorted
 * @param subnet where they are launched
 */
public record Pool(
    String deployment,
    String instanceType,
    String imageId,
    List<String> securityGroups,
    SubnetId subnet) {

  private static final int DIGEST_LENGTH = 32;

  /** Sorts the security groups and drops repetitions. */
  public Pool {
    securityGroups = securityGroups.stream().distinct().sorted().toList();
  }

  /**
   * The pool that serves a source.
   *
   * @param deployment this deployment's name
   * @param specification what the source's policy entry asks for
   * @param sourceSubnet the subnet of the source, which counts where the entry names none
   * @return empty where neither names a subnet
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

  /** What instances and targets of the pool carry as a tag: 32 hexadecimal digits. */
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
