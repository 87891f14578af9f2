package io.trafficmirror.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;

/** The outcome of an invocation for its batch, as Lambda documents ReportBatchItemFailures. */
sealed interface BatchAnswer {

  ObjectMapper JSON = new ObjectMapper();

  /** All records are processed. */
  record Done() implements BatchAnswer {}

  /** All records from this position in the batch on are retried. */
  record From(int position) implements BatchAnswer {}

  /** The whole batch failed. */
  record Errored(String type) implements BatchAnswer {}

  /**
   * Parses the function's response. An empty response, {@code null}, {@code {}} and an empty or
   * absent list mean success. An item without a known sequence number, or any other response, fails
   * the whole batch. The lowest of several sequence numbers applies, whatever their order in the
   * list.
   */
  static BatchAnswer read(byte[] json, Batch batch) {
    JsonNode answer;
    try {
      answer = json.length == 0 ? MissingNode.getInstance() : JSON.readTree(json);
    } catch (IOException notJson) {
      return new Errored("InvalidAnswer");
    }
    JsonNode items = answer.path("batchItemFailures");
    boolean nothing = answer.isMissingNode() || answer.isNull();
    boolean emptyAnswer = answer.isObject() && (items.isMissingNode() || items.isNull());
    if (nothing || emptyAnswer) {
      return new Done();
    }
    return items.isArray() ? lowest(items, batch) : new Errored("InvalidAnswer");
  }

  private static BatchAnswer lowest(JsonNode items, Batch batch) {
    if (items.isEmpty()) {
      return new Done();
    }
    List<String> numbers = batch.sequenceNumbers();
    BigInteger lowest = null;
    for (JsonNode item : items) {
      JsonNode identifier = item.path("itemIdentifier");
      if (!identifier.isTextual() || !numbers.contains(identifier.textValue())) {
        return new Errored("InvalidItemIdentifier");
      }
      BigInteger number = new BigInteger(identifier.textValue());
      lowest = lowest == null ? number : lowest.min(number);
    }
    return new From(numbers.indexOf(String.valueOf(lowest)));
  }
}
