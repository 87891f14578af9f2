package io.trafficmirror.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Embedded EventBridge: the default event bus, rules with event patterns, and Kinesis streams as
 * targets. An event is in the streams before the call that puts it returns. Order is kept and
 * nothing is lost, which is more than AWS guarantees, unless {@link #unreliable} is set.
 * Thread-safe.
 */
public final class EmbeddedEventBridge implements AwsService {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Consumer<String> unsupported;
  private final EventRules rules;
  private final EventEntries entries;
  private final EventDelivery delivery;

  EmbeddedEventBridge(
      EmbeddedOptions options, EmbeddedKinesis kinesis, Consumer<String> unsupported) {
    this.unsupported = unsupported;
    this.rules = new EventRules(options, kinesis);
    this.delivery = new EventDelivery(options, rules::deliver);
    this.entries = new EventEntries(options, delivery);
  }

  /**
   * Creates or replaces a rule with one target.
   *
   * @param name the rule's name
   * @param eventPatternJson the event pattern, as in Terraform
   * @param streamArn the stream that receives matching events
   * @param partitionKeyPath a path in dot notation, for example {@code $.detail.instance-id}; empty
   *     for the event's id
   * @throws IllegalArgumentException if the pattern or the path is invalid
   */
  public void putRule(
      String name, String eventPatternJson, String streamArn, Optional<String> partitionKeyPath) {
    ObjectNode target = JsonNodeFactory.instance.objectNode();
    target.put("Id", "stream").put("Arn", streamArn);
    partitionKeyPath.ifPresent(
        path -> target.putObject("KinesisParameters").put("PartitionKeyPath", path));
    try {
      EventRule rule = EventRule.of(name, eventPatternJson, "", true);
      rule.put(EventTarget.read(new JsonParameters(target, JsonFormat.JSON)));
      rules.put(rule);
    } catch (ServiceException refused) {
      throw new IllegalArgumentException(refused.message(), refused);
    }
  }

  /**
   * Puts an event on the bus as an AWS service does: unlike with PutEvents, its source may start
   * with {@code aws.}.
   *
   * @param eventJson the whole envelope
   * @throws IllegalArgumentException if it is not a JSON object
   */
  public void putAwsEvent(String eventJson) {
    try {
      JsonNode event = JSON.readTree(eventJson);
      if (event instanceof ObjectNode object) {
        delivery.deliver(object);
        return;
      }
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException("The event is not JSON", broken);
    }
    throw new IllegalArgumentException("The event is not a JSON object");
  }

  /**
   * Makes EventBridge duplicate some events and delay all of them, so that order is not kept
   * (EventBridge delivers at least once, in any order).
   *
   * @param duplicates the share of events that are delivered twice, 0 to 1
   * @param longestDelay the maximum delay of each copy, which requires a {@link SharedClock}
   */
  public void unreliable(double duplicates, Duration longestDelay) {
    delivery.unreliable(duplicates, longestDelay);
  }

  @Override
  public String signingName() {
    return "events";
  }

  @Override
  public String action(HttpCall call) {
    return JsonFormat.action(call);
  }

  @Override
  public HttpReply handle(HttpCall call) {
    return JsonFormat.serve(
        call, signingName(), unsupported, parameters -> answer(action(call), parameters));
  }

  @Override
  public HttpReply error(HttpCall call, int status, String code, String message) {
    return JsonFormat.error(call, status, code, message);
  }

  private ObjectNode answer(String action, JsonParameters parameters) {
    return switch (action) {
      case "PutEvents" -> entries.putEvents(parameters);
      case "PutRule" -> rules.putRule(parameters);
      case "DeleteRule" -> rules.deleteRule(parameters);
      case "DescribeRule" -> rules.describeRule(parameters);
      case "ListRules" -> rules.listRules(parameters);
      case "EnableRule" -> rules.enable(parameters, true);
      case "DisableRule" -> rules.enable(parameters, false);
      case "PutTargets" -> rules.putTargets(parameters);
      case "RemoveTargets" -> rules.removeTargets(parameters);
      case "ListTargetsByRule" -> rules.listTargets(parameters);
      default -> throw ServiceException.unsupported("the action");
    };
  }
}
