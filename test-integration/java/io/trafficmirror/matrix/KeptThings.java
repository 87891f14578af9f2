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

/** What is in the failure bucket of a world. */
final class KeptThings {

  private final SortedMap<String, byte[]> objects;

  KeptThings(RunningDeployment world) {
    objects = world.kept();
  }

  private List<JsonObject> below(String prefix) {
    return objects.entrySet().stream()
        .filter(object -> object.getKey().startsWith(prefix))
        .map(Map.Entry::getValue)
        .map(bytes -> JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8)))
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  /** How many records were rejected. */
  int rejected() {
    return count("rejected/");
  }

  /** How many objects there are below a prefix. */
  int count(String prefix) {
    return below(prefix).size();
  }

  /** How many of these payloads are kept, byte for byte, each with a reason. */
  int rejectedOf(List<byte[]> payloads) {
    Set<ByteBuffer> kept = new HashSet<>();
    for (JsonObject each : below("rejected/")) {
      if (!each.get("detail").getAsString().isBlank()) {
        byte[] payload = Base64.getDecoder().decode(each.get("payload_base64").getAsString());
        kept.add(ByteBuffer.wrap(payload));
      }
    }
    return (int) payloads.stream().map(ByteBuffer::wrap).filter(kept::contains).count();
  }

  /** The instances that were left to the next look, each with its reason. */
  Set<String> left() {
    Set<String> left = new HashSet<>();
    for (JsonObject each : below("retries-exhausted/")) {
      if (!each.get("reason").getAsString().isBlank()) {
        left.add(each.get("instance_id").getAsString());
      }
    }
    return left;
  }

  /** The records that the mapping gave up on, by sequence number. */
  Set<String> givenUp() {
    Set<String> records = new HashSet<>();
    for (JsonObject batch : below("aws/lambda/")) {
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
