package io.trafficmirror.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A Kinesis stream as a target of a rule.
 *
 * @param partitionKeyPath a path in dot notation, resolved in the original event; empty for the
 *     event's id
 * @param input a constant that replaces the event
 * @param inputPath the part of the event that replaces it
 * @param described the target as ListTargetsByRule returns it
 */
record EventTarget(
    String id,
    String arn,
    Optional<String> partitionKeyPath,
    Optional<String> input,
    Optional<String> inputPath,
    ObjectNode described) {

  /** Reads a target of PutTargets; role, retry policy and dead-letter queue are ignored. */
  static EventTarget read(JsonParameters parameters) {
    parameters.only(
        "Id",
        "Arn",
        "RoleArn",
        "Input",
        "InputPath",
        "KinesisParameters",
        "RetryPolicy",
        "DeadLetterConfig");
    Optional<String> path =
        parameters
            .object("KinesisParameters")
            .map(kinesis -> kinesis.only("PartitionKeyPath").requiredText("PartitionKeyPath"));
    path.ifPresent(EventTarget::steps);
    Optional<String> inputPath = parameters.text("InputPath");
    inputPath.ifPresent(EventTarget::steps);
    return new EventTarget(
        parameters.requiredText("Id"),
        parameters.requiredText("Arn"),
        path,
        parameters.text("Input"),
        inputPath,
        parameters.node());
  }

  /**
   * The partition key of an event. AWS does not document the behaviour if the path resolves to
   * nothing; this returns the event's id, which is the default.
   */
  String partitionKey(ObjectNode event) {
    return partitionKeyPath
        .map(path -> resolve(event, path))
        .filter(JsonNode::isValueNode)
        .map(JsonNode::asText)
        .filter(key -> !key.isEmpty() && key.length() <= 256)
        .orElseGet(() -> event.path("id").asText());
  }

  /** The data that is put on the stream for an event. */
  byte[] payload(ObjectNode event) {
    String text =
        input.orElseGet(() -> inputPath.map(path -> resolve(event, path)).orElse(event).toString());
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode resolve(JsonNode event, String path) {
    JsonNode node = event;
    for (String step : steps(path)) {
      node = node.path(step);
    }
    return node;
  }

  private static List<String> steps(String path) {
    if (!path.matches("\\$(\\.[A-Za-z0-9_-]+)*") || path.length() > 256) {
      throw ServiceException.unsupported("JSON path " + path + ", which is not in dot notation");
    }
    return path.equals("$") ? List.of() : List.of(path.substring(2).split("\\.", -1));
  }
}
