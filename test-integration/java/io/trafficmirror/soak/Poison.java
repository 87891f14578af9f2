package io.trafficmirror.soak;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.harness.Discrepancies;
import io.trafficmirror.harness.RunningDeployment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Records that cannot be parsed. Each must be in the failure bucket once. Not thread-safe. */
final class Poison {

  private static final String PREFIX = "rejected/";

  private static final List<String> KINDS =
      List.of(
          "no JSON at all, number %d",
          "{\"source\":\"aws.ec2\",\"n\":%d,\"detail-type\":\"EC2 Instance State-change Notific",
          "[{\"n\":%d}]");

  private final RunningDeployment world;
  private final Map<String, String> payloads = new LinkedHashMap<>();

  Poison(RunningDeployment world) {
    this.world = world;
  }

  void put() {
    int number = payloads.size();
    String payload = KINDS.get(number % KINDS.size()).formatted(number);
    payloads.put(world.put("poison-" + number, payload), payload);
  }

  int count() {
    return payloads.size();
  }

  Discrepancies judge(SortedMap<String, byte[]> bucket) {
    return judge(payloads, bucket);
  }

  /**
   * Checks the rejected records.
   *
   * @param payloads the payloads of the poison records, by sequence number
   * @param bucket the objects in the failure bucket, by key
   */
  static Discrepancies judge(Map<String, String> payloads, SortedMap<String, byte[]> bucket) {
    List<String> lost = new ArrayList<>();
    List<String> doubled = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> stored = new LinkedHashMap<>();
    bucket.forEach(
        (key, object) -> {
          if (key.startsWith(PREFIX)) {
            String number = key.substring(key.lastIndexOf('/') + 1).replace(".json", "");
            stored.merge(number, 1, Integer::sum);
            if (!payload(object).equals(payloads.get(number))) {
              wrong.add(key + " is not a poison record: " + payload(object));
            }
          }
        });
    payloads.forEach(
        (number, payload) -> {
          int times = stored.getOrDefault(number, 0);
          if (times == 0) {
            lost.add("poison " + payload + ", sequence number " + number + ", is not stored");
          } else if (times > 1) {
            doubled.add("poison " + payload + " is stored " + times + " times");
          }
        });
    return new Discrepancies(lost, doubled, wrong);
  }

  private static String payload(byte[] object) {
    JsonObject json =
        JsonParser.parseString(new String(object, StandardCharsets.UTF_8)).getAsJsonObject();
    byte[] payload = Base64.getDecoder().decode(json.get("payload_base64").getAsString());
    return new String(payload, StandardCharsets.UTF_8);
  }
}
