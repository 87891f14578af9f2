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
 * EventBridge: the default bus with rules by event pattern and Kinesis streams as targets. An event
 * is on its targets before the call that brings it returns; order is kept and nothing is lost,
 * which is more than AWS promises, unless {@link #unreliable} says otherwise. Safe for use by
 * several threads.
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
   * Makes a rule with one target, or replaces it.
   *
   * @param name the rule's name
   * @param eventPatternJson its pattern, as in Terraform
   * @param streamArn the stream to put matching events on
   * @param partitionKeyPath in dot notation, for example {@code $.detail.instance-id}; empty for
   *     the event's id
   * @throws IllegalArgumentException where the pattern or the path is none
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
    } catch (RefusedCall refused) {
      throw new IllegalArgumentException(refused.message(), refused);
    }
  }

  /**
   * Puts an event on the bus as an AWS service would; unlike PutEvents this may have a source that
   * starts with {@code aws.}.
   *
   * @param eventJson the whole envelope
   * @throws IllegalArgumentException where it is not a JSON object
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
   * From now on some events come twice, and each comes late; hence order is not kept (EventBridge:
   * at least once, in no order).
   *
   * @param duplicates which share of events comes twice, 0 to 1
   * @param longestDelay each copy takes up to so long; the clock has to be a {@link SharedClock}
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
      default -> throw RefusedCall.unsupported("the action");
    };
  }
}
