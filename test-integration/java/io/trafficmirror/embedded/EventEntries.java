package io.trafficmirror.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** PutEvents: custom events, each accepted or rejected individually. Thread-safe. */
final class EventEntries {

  /** EventBridge API, PutEvents. */
  private static final int MAXIMUM_ENTRIES = 10;

  /** EventBridge quotas: 1 MB for all entries of a call. */
  private static final int MAXIMUM_BYTES = 1 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final EmbeddedOptions options;
  private final EventDelivery delivery;
  private final Random random;

  EventEntries(EmbeddedOptions options, EventDelivery delivery) {
    this.options = options;
    this.delivery = delivery;
    this.random = new Random(options.seed());
  }

  ObjectNode putEvents(JsonParameters parameters) {
    parameters.only("Entries");
    List<JsonParameters> entries = parameters.objects("Entries");
    if (entries.isEmpty() || entries.size() > MAXIMUM_ENTRIES) {
      throw JsonParameters.invalid(
          "Value at 'entries' must have 1 to " + MAXIMUM_ENTRIES + " entries");
    }
    if (parameters.node().toString().getBytes(StandardCharsets.UTF_8).length > MAXIMUM_BYTES) {
      throw JsonParameters.invalid("Total size of the entries in the request is over the limit.");
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode results = answer.putArray("Entries");
    int failed = 0;
    for (JsonParameters entry : entries) {
      entry.only("Time", "Source", "Resources", "DetailType", "Detail", "EventBusName");
      EventRules.onDefaultBus(entry);
      failed += put(entry, results.addObject()) ? 0 : 1;
    }
    answer.put("FailedEntryCount", failed);
    return answer;
  }

  private boolean put(JsonParameters entry, ObjectNode result) {
    String source = entry.text("Source").orElse("");
    String detailType = entry.text("DetailType").orElse("");
    Optional<JsonNode> detail = entry.text("Detail").flatMap(EventEntries::object);
    if (source.startsWith("aws.")) {
      return reject(
          result, "NotAuthorizedForSourceException", "Not authorized for the source " + source);
    }
    if (source.isEmpty() || detailType.isEmpty() || !entry.has("Detail")) {
      return reject(result, "InvalidArgument", "Source, DetailType and Detail must all be given");
    }
    if (detail.isEmpty()) {
      return reject(result, "MalformedDetail", "Detail is malformed.");
    }
    String id = nextId();
    Instant time = entry.time("Time").orElse(options.clock().instant());
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("version", "0").put("id", id).put("detail-type", detailType).put("source", source);
    event.put("account", options.account());
    event.put("time", time.truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", options.region());
    ArrayNode resources = event.putArray("resources");
    entry.texts("Resources").forEach(resources::add);
    event.set("detail", detail.get());
    delivery.deliver(event);
    result.put("EventId", id);
    return true;
  }

  private static boolean reject(ObjectNode result, String code, String message) {
    result.put("ErrorCode", code).put("ErrorMessage", message);
    return false;
  }

  private static Optional<JsonNode> object(String json) {
    try {
      return Optional.of(JSON.readTree(json)).filter(JsonNode::isObject);
    } catch (JsonProcessingException broken) {
      return Optional.empty();
    }
  }

  private String nextId() {
    synchronized (random) {
      return new UUID(random.nextLong(), random.nextLong()).toString();
    }
  }
}
