package io.trafficmirror.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;

/** What an invocation means for its batch, as Lambda documents ReportBatchItemFailures. */
sealed interface BatchAnswer {

  /** Shared, as it is costly to make. */
  ObjectMapper JSON = new ObjectMapper();

  /** Everything is done. */
  record Done() implements BatchAnswer {}

  /** Everything from this place in the batch on comes back. */
  record From(int position) implements BatchAnswer {}

  /** The whole batch failed. */
  record Errored(String type) implements BatchAnswer {}

  /**
   * Reads what a function returned. Nothing, {@code null}, {@code {}} and an empty or absent list
   * mean success; an item without a known sequence number, and what is not such an answer at all,
   * mean that the whole batch failed. Of several items the lowest number counts, whatever its place
   * in the list.
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
