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

/** A function for tests of the mapping: its responses are scripted, then it succeeds. */
final class ScriptedFunction implements LambdaFunction {

  final List<Integer> eventSizes = new ArrayList<>();
  final List<Duration> timeouts = new ArrayList<>();
  final List<String> succeeded = new ArrayList<>();
  private final List<List<String>> batches = new ArrayList<>();
  private final Deque<Function<JsonNode, Result>> script = new ArrayDeque<>();
  private Optional<String> failingPayload = Optional.empty();
  private Runnable onSuccess = () -> {};
  private int failures;

  /** The payloads of each invocation, as text. */
  synchronized List<List<String>> batches() {
    return List.copyOf(batches);
  }

  void failNext(int times) {
    failures = times;
  }

  /** Makes every invocation with this payload fail. */
  void alwaysFailOn(String payload) {
    failingPayload = Optional.of(payload);
  }

  /** Makes the next invocation return the records with these payloads as failed, in this order. */
  void returnFailuresNext(String... payloads) {
    script.add(event -> new Result.Returned(failures(event, List.of(payloads))));
  }

  /** Makes the next invocation return this response. */
  void returnNext(String json) {
    script.add(event -> new Result.Returned(json.getBytes(UTF_8)));
  }

  /** Makes the next invocation run this and succeed. */
  void runNext(Runnable what) {
    script.add(
        event -> {
          what.run();
          return new Result.Returned(new byte[0]);
        });
  }

  void throwNext(Error error) {
    runNext(
        () -> {
          throw error;
        });
  }

  /** Runs after each successful record. */
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
      return new Result.Failed("Scripted", "scripted failure");
    }
    if (failingPayload.filter(payloads::contains).isPresent()) {
      return new Result.Failed("Poison", "scripted failure");
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
