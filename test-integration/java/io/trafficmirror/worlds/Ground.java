package io.trafficmirror.worlds;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;

/**
 * What a network-security team has before it deploys anything: a network, two sensors that are
 * mirror targets, a mirror filter; and the instances that come and go there. All of it is made
 * through EC2's own API.
 *
 * @param ec2 the API
 * @param image what instances are launched from
 * @param subnet where they are
 * @param filter the mirror filter
 * @param target a mirror target
 * @param otherTarget another one
 */
record Ground(
    Ec2Client ec2, String image, String subnet, String filter, String target, String otherTarget) {

  /** Of an image that embedded EC2 takes, as it takes any. */
  static final String ANY_IMAGE = "ami-0c0ffee0c0ffee001";

  /** A type that takes 100 sources as a target (VPC Traffic Mirroring quotas). */
  private static final InstanceType SENSOR = InstanceType.M5_24_XLARGE;

  /** A type that can be mirrored. */
  private static final InstanceType SOURCE = InstanceType.M5_LARGE;

  /**
   * An instance that may be mirrored.
   *
   * @param id the instance
   * @param interfaceId its primary interface
   */
  record Source(String id, String interfaceId) {}

  /** Makes it in an account that need not be empty. */
  static Ground prepare(Ec2Client ec2, String image) {
    String vpc = ec2.createVpc(make -> make.cidrBlock("10.77.0.0/16")).vpc().vpcId();
    String subnet =
        ec2.createSubnet(make -> make.vpcId(vpc).cidrBlock("10.77.0.0/20")).subnet().subnetId();
    String filter =
        ec2.createTrafficMirrorFilter(make -> make.description("all"))
            .trafficMirrorFilter()
            .trafficMirrorFilterId();
    return new Ground(
        ec2, image, subnet, filter, sensor(ec2, image, subnet), sensor(ec2, image, subnet));
  }

  private static String sensor(Ec2Client ec2, String image, String subnet) {
    Source sensor = launch(ec2, image, subnet, SENSOR, Map.of("role", "sensor"));
    return ec2.createTrafficMirrorTarget(make -> make.networkInterfaceId(sensor.interfaceId()))
        .trafficMirrorTarget()
        .trafficMirrorTargetId();
  }

  /** Launches an instance that carries this value of the tag {@code mirror}. */
  Source launch(String mirror) {
    return launch(ec2, image, subnet, SOURCE, Map.of("mirror", mirror));
  }

  private static Source launch(
      Ec2Client ec2, String image, String subnet, InstanceType type, Map<String, String> tags) {
    List<Tag> all =
        tags.entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    Instance made =
        ec2.runInstances(
                run ->
                    run.imageId(image)
                        .instanceType(type)
                        .subnetId(subnet)
                        .minCount(1)
                        .maxCount(1)
                        .tagSpecifications(
                            TagSpecification.builder()
                                .resourceType(ResourceType.INSTANCE)
                                .tags(all)
                                .build()))
            .instances()
            .getFirst();
    return new Source(made.instanceId(), made.networkInterfaces().getFirst().networkInterfaceId());
  }

  /** The mirror sessions of an instance. */
  List<TrafficMirrorSession> sessions(Source source) {
    return ec2
        .describeTrafficMirrorSessionsPaginator(
            all ->
                all.filters(
                    Filter.builder()
                        .name("network-interface-id")
                        .values(source.interfaceId())
                        .build()))
        .trafficMirrorSessions()
        .stream()
        .toList();
  }
}
