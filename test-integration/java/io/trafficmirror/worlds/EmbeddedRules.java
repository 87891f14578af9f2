package io.trafficmirror.worlds;

import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.KinesisParameters;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Target;

/**
 * Creates EventBridge rules without Terraform.
 *
 * @param events the EventBridge client
 * @param stream the ARN of the target stream
 */
record EmbeddedRules(EventBridgeClient events, String stream) {

  private static final String TARGET = "stream";

  /** Creates or replaces a rule. */
  void put(String name, String pattern, String partitionKeyPath) {
    events.putRule(put -> put.name(name).eventPattern(pattern));
    Target target =
        Target.builder()
            .id(TARGET)
            .arn(stream)
            .kinesisParameters(
                KinesisParameters.builder().partitionKeyPath(partitionKeyPath).build())
            .build();
    events.putTargets(put -> put.rule(name).targets(target));
  }

  /** Removes a rule if it exists. */
  void remove(String name) {
    try {
      events.removeTargets(remove -> remove.rule(name).ids(TARGET));
    } catch (ResourceNotFoundException gone) {
      return;
    }
    events.deleteRule(delete -> delete.name(name));
  }
}
