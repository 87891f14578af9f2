package io.trafficmirror.worlds;

import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.KinesisParameters;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Target;

/**
 * Makes rules where no Terraform is applied.
 *
 * @param events EventBridge
 * @param stream the ARN of the stream that they put events on
 */
record EmbeddedRules(EventBridgeClient events, String stream) {

  private static final String TARGET = "stream";

  /** Makes a rule, or replaces it. */
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

  /** Removes a rule, if it is there. */
  void remove(String name) {
    try {
      events.removeTargets(remove -> remove.rule(name).ids(TARGET));
    } catch (ResourceNotFoundException gone) {
      return;
    }
    events.deleteRule(delete -> delete.name(name));
  }
}
