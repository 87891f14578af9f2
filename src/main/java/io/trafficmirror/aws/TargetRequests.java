package io.trafficmirror.aws;

import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.Pool;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.CreateTrafficMirrorTargetRequest;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * Launches and targets to requests. Each is a function of what is given and of nothing else: what
 * is repeated with its client token has to be the same request to the letter.
 */
final class TargetRequests {

  private TargetRequests() {}

  /**
   * One instance. Whether it has a public address is left to its subnet. It stops and does not end
   * when it shuts itself down, so that a sensor's failure does not destroy what it knew.
   */
  static RunInstancesRequest launch(
      Pool pool, Map<String, String> tags, String clientToken, Calls.Limits limits) {
    return RunInstancesRequest.builder()
        .minCount(1)
        .maxCount(1)
        .imageId(pool.imageId())
        .instanceType(pool.instanceType())
        .subnetId(pool.subnet().value())
        .securityGroupIds(pool.securityGroups())
        .metadataOptions(options -> options.httpTokens(HttpTokensState.REQUIRED))
        .instanceInitiatedShutdownBehavior(ShutdownBehavior.STOP)
        .tagSpecifications(
            specification(ResourceType.INSTANCE, tags),
            specification(ResourceType.NETWORK_INTERFACE, tags),
            specification(ResourceType.VOLUME, tags))
        .clientToken(clientToken)
        .overrideConfiguration(limits)
        .build();
  }

  static CreateTrafficMirrorTargetRequest target(
      InterfaceId networkInterface,
      Map<String, String> tags,
      String clientToken,
      Calls.Limits limits) {
    return CreateTrafficMirrorTargetRequest.builder()
        .networkInterfaceId(networkInterface.value())
        .description(tags.getOrDefault("Name", "Target on demand"))
        .tagSpecifications(specification(ResourceType.TRAFFIC_MIRROR_TARGET, tags))
        .clientToken(clientToken)
        .overrideConfiguration(limits)
        .build();
  }

  private static TagSpecification specification(ResourceType type, Map<String, String> tags) {
    return TagSpecification.builder().resourceType(type).tags(Tags.sorted(tags)).build();
  }
}
