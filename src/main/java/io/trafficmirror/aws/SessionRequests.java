package io.trafficmirror.aws;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.Ownership;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.CreateTrafficMirrorSessionRequest;
import software.amazon.awssdk.services.ec2.model.ModifyTrafficMirrorSessionRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * Builds session requests from actions. A request depends only on the arguments, because a repeated
 * create with the same client token must be an identical request.
 */
final class SessionRequests {
  /**
   * The maximum length of a session's description, as for other EC2 descriptions; not documented
   * for sessions.
   */
  private static final int MAX_DESCRIPTION = 255;

  private SessionRequests() {}

  static CreateTrafficMirrorSessionRequest create(
      Action.CreateSession action,
      Map<String, String> tags,
      String clientToken,
      Calls.Limits limits) {
    return CreateTrafficMirrorSessionRequest.builder()
        .networkInterfaceId(action.source().networkInterface().value())
        .trafficMirrorTargetId(action.targetId().value())
        .trafficMirrorFilterId(action.filter().value())
        .sessionNumber(action.number())
        .description(description(action, tags))
        .tagSpecifications(tagSpecification(tags))
        .clientToken(clientToken)
        .overrideConfiguration(limits)
        .build();
  }

  static ModifyTrafficMirrorSessionRequest modify(
      Action.ModifySession action, Calls.Limits limits) {
    return ModifyTrafficMirrorSessionRequest.builder()
        .trafficMirrorSessionId(action.session().value())
        .trafficMirrorTargetId(action.targetId().value())
        .trafficMirrorFilterId(action.filter().value())
        .overrideConfiguration(limits)
        .build();
  }

  private static String description(Action.CreateSession action, Map<String, String> tags) {
    String text =
        "Mirrors %s as entry %s of deployment %s asks."
            .formatted(
                action.source().instance(),
                action.entry(),
                tags.getOrDefault(Ownership.DEPLOYMENT_TAG, "unknown"));
    return text.length() <= MAX_DESCRIPTION ? text : text.substring(0, MAX_DESCRIPTION);
  }

  private static TagSpecification tagSpecification(Map<String, String> tags) {
    return TagSpecification.builder()
        .resourceType(ResourceType.TRAFFIC_MIRROR_SESSION)
        .tags(Tags.sorted(tags))
        .build();
  }
}
