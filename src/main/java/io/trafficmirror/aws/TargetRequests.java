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
 * Builds requests for launches and targets. A request depends only on the arguments, because a
 * repeated call with the same client token must be an identical request.
 */
final class TargetRequests {

  private TargetRequests() {}

  /**
   * Launches one instance. The subnet decides whether it gets a public address. If the instance
   * shuts itself down, it is stopped, not terminated, so that the data of a failed sensor is
   * preserved.
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
