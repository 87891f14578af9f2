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
 * The resources that exist before a deployment: a network, two sensors that are mirror targets, and
 * a mirror filter; and the instances launched in it. All are created through EC2's API.
 *
 * @param ec2 the EC2 client
 * @param image the AMI of the instances
 * @param subnet the subnet of the instances
 * @param filter the mirror filter
 * @param target a mirror target
 * @param otherTarget another mirror target
 */
record TestNetwork(
    Ec2Client ec2, String image, String subnet, String filter, String target, String otherTarget) {

  /** An image for embedded EC2, which accepts any. */
  static final String ANY_IMAGE = "ami-0c0ffee0c0ffee001";

  /** A type that accepts 100 sources as a target (VPC Traffic Mirroring quotas). */
  private static final InstanceType SENSOR_TYPE = InstanceType.M5_24_XLARGE;

  /** A type that can be mirrored. */
  private static final InstanceType SOURCE_TYPE = InstanceType.M5_LARGE;

  /**
   * An instance that can be mirrored.
   *
   * @param id the instance id
   * @param interfaceId its primary interface
   */
  record Source(String id, String interfaceId) {}

  /** Creates the resources in an account, which does not have to be empty. */
  static TestNetwork prepare(Ec2Client ec2, String image) {
    String vpc = ec2.createVpc(make -> make.cidrBlock("10.77.0.0/16")).vpc().vpcId();
    String subnet =
        ec2.createSubnet(make -> make.vpcId(vpc).cidrBlock("10.77.0.0/20")).subnet().subnetId();
    String filter =
        ec2.createTrafficMirrorFilter(make -> make.description("all"))
            .trafficMirrorFilter()
            .trafficMirrorFilterId();
    return new TestNetwork(
        ec2, image, subnet, filter, sensor(ec2, image, subnet), sensor(ec2, image, subnet));
  }

  private static String sensor(Ec2Client ec2, String image, String subnet) {
    Source sensor = launch(ec2, image, subnet, SENSOR_TYPE, Map.of("role", "sensor"));
    return ec2.createTrafficMirrorTarget(make -> make.networkInterfaceId(sensor.interfaceId()))
        .trafficMirrorTarget()
        .trafficMirrorTargetId();
  }

  /** Launches an instance with the given value of the tag {@code mirror}. */
  Source launch(String mirror) {
    return launch(ec2, image, subnet, SOURCE_TYPE, Map.of("mirror", mirror));
  }

  private static Source launch(
      Ec2Client ec2, String image, String subnet, InstanceType type, Map<String, String> tags) {
    List<Tag> all =
        tags.entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    Instance created =
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
    return new Source(
        created.instanceId(), created.networkInterfaces().getFirst().networkInterfaceId());
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
