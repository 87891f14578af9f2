package io.trafficmirror.matrix;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.harness.RunningDeployment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** The failure bucket of a deployment. */
final class FailureBucket {

  private final SortedMap<String, byte[]> objects;

  FailureBucket(RunningDeployment world) {
    objects = world.failureObjects();
  }

  private List<JsonObject> under(String prefix) {
    return objects.entrySet().stream()
        .filter(object -> object.getKey().startsWith(prefix))
        .map(Map.Entry::getValue)
        .map(bytes -> JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8)))
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  /** Number of rejected records. */
  int rejected() {
    return count("rejected/");
  }

  /** Number of objects under a prefix. */
  int count(String prefix) {
    return under(prefix).size();
  }

  /** Number of these payloads that are stored byte for byte with a reason. */
  int rejectedOf(List<byte[]> payloads) {
    Set<ByteBuffer> stored = new HashSet<>();
    for (JsonObject each : under("rejected/")) {
      if (!each.get("detail").getAsString().isBlank()) {
        byte[] payload = Base64.getDecoder().decode(each.get("payload_base64").getAsString());
        stored.add(ByteBuffer.wrap(payload));
      }
    }
    return (int) payloads.stream().map(ByteBuffer::wrap).filter(stored::contains).count();
  }

  /** The instances whose retries are exhausted and whose objects have a reason. */
  Set<String> exhausted() {
    Set<String> exhausted = new HashSet<>();
    for (JsonObject each : under("retries-exhausted/")) {
      if (!each.get("reason").getAsString().isBlank()) {
        exhausted.add(each.get("instance_id").getAsString());
      }
    }
    return exhausted;
  }

  /** The sequence numbers of the records that the event source mapping discarded. */
  Set<String> discarded() {
    Set<String> records = new HashSet<>();
    for (JsonObject batch : under("aws/lambda/")) {
      JsonArray payload =
          JsonParser.parseString(batch.get("payload").getAsString())
              .getAsJsonObject()
              .getAsJsonArray("Records");
      for (JsonElement record : payload) {
        JsonObject kinesis = record.getAsJsonObject().getAsJsonObject("kinesis");
        records.add(kinesis.get("sequenceNumber").getAsString());
      }
    }
    return records;
  }
}
