package io.trafficmirror.embedded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The rules of the default event bus. Thread-safe. */
final class EventRules {

  /** EventBridge quotas. */
  private static final int MAXIMUM_TARGETS = 5;

  private final EmbeddedOptions options;
  private final EmbeddedKinesis kinesis;
  private final ConcurrentNavigableMap<String, EventRule> rules = new ConcurrentSkipListMap<>();

  EventRules(EmbeddedOptions options, EmbeddedKinesis kinesis) {
    this.options = options;
    this.kinesis = kinesis;
  }

  void put(EventRule rule) {
    rules.put(rule.name(), rule);
  }

  /** Puts an event on every target of every matching rule; a deleted stream receives nothing. */
  void deliver(ObjectNode event) {
    for (EventRule rule : rules.values()) {
      if (rule.matches(event)) {
        for (EventTarget target : rule.targets()) {
          stream(target.arn())
              .ifPresent(
                  stream ->
                      kinesis.append(stream, target.partitionKey(event), target.payload(event)));
        }
      }
    }
  }

  ObjectNode putRule(JsonParameters parameters) {
    parameters.only("Name", "EventPattern", "State", "Description", "EventBusName", "RoleArn");
    onDefaultBus(parameters);
    String state = parameters.text("State").orElse("ENABLED");
    if (!state.equals("ENABLED") && !state.equals("DISABLED")) {
      throw ServiceException.unsupported("State " + state);
    }
    String name = parameters.requiredText("Name");
    EventRule rule =
        EventRule.of(
            name,
            parameters.requiredText("EventPattern"),
            parameters.text("Description").orElse(""),
            state.equals("ENABLED"));
    Optional.ofNullable(rules.get(name)).ifPresent(before -> rule.putAll(before.targets()));
    put(rule);
    ObjectNode answer = empty();
    answer.put("RuleArn", arn(name));
    return answer;
  }

  ObjectNode deleteRule(JsonParameters parameters) {
    parameters.only("Name", "EventBusName", "Force");
    onDefaultBus(parameters);
    EventRule rule = rules.get(parameters.requiredText("Name"));
    if (rule != null && !rule.targets().isEmpty()) {
      throw JsonParameters.invalid("Rule can't be deleted since it has targets.");
    }
    rules.remove(parameters.requiredText("Name"));
    return empty();
  }

  ObjectNode describeRule(JsonParameters parameters) {
    parameters.only("Name", "EventBusName");
    onDefaultBus(parameters);
    return described(rule(parameters, "Name"), empty());
  }

  ObjectNode listRules(JsonParameters parameters) {
    parameters.only("NamePrefix", "EventBusName");
    onDefaultBus(parameters);
    String prefix = parameters.text("NamePrefix").orElse("");
    ObjectNode answer = empty();
    ArrayNode list = answer.putArray("Rules");
    rules.values().stream()
        .filter(rule -> rule.name().startsWith(prefix))
        .forEach(rule -> described(rule, list.addObject()));
    return answer;
  }

  ObjectNode enable(JsonParameters parameters, boolean on) {
    parameters.only("Name", "EventBusName");
    onDefaultBus(parameters);
    rule(parameters, "Name").enable(on);
    return empty();
  }

  ObjectNode putTargets(JsonParameters parameters) {
    parameters.only("Rule", "EventBusName", "Targets");
    onDefaultBus(parameters);
    EventRule rule = rule(parameters, "Rule");
    List<EventTarget> targets =
        parameters.objects("Targets").stream().map(EventTarget::read).toList();
    for (EventTarget target : targets) {
      if (!target.arn().startsWith(kinesis.streamArn(""))) {
        throw ServiceException.unsupported(
            "target " + target.arn() + ", which is not a stream of this emulator");
      }
    }
    if (targets.size() + rule.targets().size() > MAXIMUM_TARGETS) {
      throw new ServiceException(
          400, "LimitExceededException", "The requested resource exceeds the maximum number");
    }
    rule.putAll(targets);
    return noneFailed();
  }

  ObjectNode removeTargets(JsonParameters parameters) {
    parameters.only("Rule", "EventBusName", "Ids", "Force");
    onDefaultBus(parameters);
    EventRule rule = rule(parameters, "Rule");
    ObjectNode answer = empty();
    ArrayNode failed = answer.putArray("FailedEntries");
    for (String id : parameters.texts("Ids")) {
      if (!rule.remove(id)) {
        ObjectNode entry = failed.addObject().put("TargetId", id);
        entry.put("ErrorCode", "ResourceNotFoundException").put("ErrorMessage", "No such target");
      }
    }
    answer.put("FailedEntryCount", failed.size());
    return answer;
  }

  ObjectNode listTargets(JsonParameters parameters) {
    parameters.only("Rule", "EventBusName");
    onDefaultBus(parameters);
    ObjectNode answer = empty();
    ArrayNode list = answer.putArray("Targets");
    rule(parameters, "Rule").targets().forEach(target -> list.add(target.described().deepCopy()));
    return answer;
  }

  private Optional<KinesisStream> stream(String arn) {
    return kinesis
        .find(arn.substring(arn.indexOf('/') + 1))
        .filter(stream -> stream.arn().equals(arn));
  }

  private EventRule rule(JsonParameters parameters, String parameter) {
    String name = parameters.requiredText(parameter);
    EventRule rule = rules.get(name);
    if (rule == null) {
      throw new ServiceException(
          400,
          "ResourceNotFoundException",
          "Rule " + name + " does not exist on EventBus default.");
    }
    return rule;
  }

  private ObjectNode described(EventRule rule, ObjectNode node) {
    node.put("Name", rule.name()).put("Arn", arn(rule.name()));
    node.put("EventPattern", rule.pattern()).put("EventBusName", "default");
    if (!rule.description().isEmpty()) {
      node.put("Description", rule.description());
    }
    return node.put("State", rule.enabled() ? "ENABLED" : "DISABLED");
  }

  private String arn(String rule) {
    return "arn:aws:events:" + options.region() + ":" + options.account() + ":rule/" + rule;
  }

  static void onDefaultBus(JsonParameters parameters) {
    String bus = parameters.text("EventBusName").orElse("default");
    if (!bus.equals("default") && !bus.endsWith(":event-bus/default")) {
      throw ServiceException.unsupported("event bus " + bus);
    }
  }

  private static ObjectNode noneFailed() {
    ObjectNode answer = empty();
    answer.put("FailedEntryCount", 0).putArray("FailedEntries");
    return answer;
  }

  private static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }
}
