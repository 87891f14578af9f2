package io.trafficmirror.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A function for tests of the mapping: answers by a script, after that with success. */
final class ScriptedFunction implements LambdaFunction {

  final List<Integer> eventSizes = new ArrayList<>();
  final List<Duration> timeouts = new ArrayList<>();
  final List<String> succeeded = new ArrayList<>();
  private final List<List<String>> batches = new ArrayList<>();
  private final Deque<Function<JsonNode, Result>> script = new ArrayDeque<>();
  private Optional<String> poison = Optional.empty();
  private Runnable onSuccess = () -> {};
  private int failures;

  /** The payloads of each invocation, as texts. */
  synchronized List<List<String>> batches() {
    return List.copyOf(batches);
  }

  /** The next invocations fail. */
  void fails(int times) {
    failures = times;
  }

  /** Every invocation with this payload fails. */
  void failsAlways(String payload) {
    poison = Optional.of(payload);
  }

  /** The next invocation gives back the records with these payloads, in this order. */
  void answers(String... payloads) {
    script.add(event -> new Result.Returned(failures(event, List.of(payloads))));
  }

  /** The next invocation returns this. */
  void returns(String json) {
    script.add(event -> new Result.Returned(json.getBytes(UTF_8)));
  }

  /** The next invocation does this and succeeds. */
  void does(Runnable what) {
    script.add(
        event -> {
          what.run();
          return new Result.Returned(new byte[0]);
        });
  }

  /** The next invocation throws this. */
  void throwsNext(Error error) {
    does(
        () -> {
          throw error;
        });
  }

  /** Runs after each record that succeeded. */
  void onSuccess(Runnable what) {
    onSuccess = what;
  }

  @Override
  public synchronized Result invoke(byte[] event, String requestId, Duration timeout) {
    JsonNode tree = tree(event);
    List<String> payloads = new ArrayList<>();
    tree.path("Records").forEach(record -> payloads.add(payload(record)));
    batches.add(payloads);
    eventSizes.add(event.length);
    timeouts.add(timeout);
    if (!script.isEmpty()) {
      return script.remove().apply(tree);
    }
    if (failures > 0) {
      failures--;
      return new Result.Failed("Scripted", "as asked");
    }
    if (poison.filter(payloads::contains).isPresent()) {
      return new Result.Failed("Poison", "as asked");
    }
    succeeded.addAll(payloads);
    payloads.forEach(payload -> onSuccess.run());
    return new Result.Returned(new byte[0]);
  }

  private static byte[] failures(JsonNode event, List<String> payloads) {
    List<String> items = new ArrayList<>();
    for (String payload : payloads) {
      for (JsonNode record : event.path("Records")) {
        if (payload(record).equals(payload)) {
          String number = record.path("kinesis").path("sequenceNumber").asText();
          items.add("{\"itemIdentifier\":\"" + number + "\"}");
        }
      }
    }
    return ("{\"batchItemFailures\":[" + String.join(",", items) + "]}").getBytes(UTF_8);
  }

  private static String payload(JsonNode record) {
    try {
      return new String(record.path("kinesis").path("data").binaryValue(), UTF_8);
    } catch (IOException notBase64) {
      throw new UncheckedIOException(notBase64);
    }
  }

  private static JsonNode tree(byte[] json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException notJson) {
      throw new UncheckedIOException(notJson);
    }
  }
}
