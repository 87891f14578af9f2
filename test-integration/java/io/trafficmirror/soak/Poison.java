package io.trafficmirror.soak;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.harness.Findings;
import io.trafficmirror.harness.RunningDeployment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Records that can never be understood. Each has to be in the bucket, once. For one thread. */
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

  Findings judge(SortedMap<String, byte[]> bucket) {
    return judge(payloads, bucket);
  }

  /**
   * Judges what was rejected.
   *
   * @param payloads what was put on the stream, by sequence number
   * @param bucket what is in the failure bucket, by key
   */
  static Findings judge(Map<String, String> payloads, SortedMap<String, byte[]> bucket) {
    List<String> lost = new ArrayList<>();
    List<String> doubled = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> kept = new LinkedHashMap<>();
    bucket.forEach(
        (key, object) -> {
          if (key.startsWith(PREFIX)) {
            String number = key.substring(key.lastIndexOf('/') + 1).replace(".json", "");
            kept.merge(number, 1, Integer::sum);
            if (!payload(object).equals(payloads.get(number))) {
              wrong.add(key + " holds something that was no poison: " + payload(object));
            }
          }
        });
    payloads.forEach(
        (number, payload) -> {
          int times = kept.getOrDefault(number, 0);
          if (times == 0) {
            lost.add("poison " + payload + ", sequence number " + number + ", is not kept");
          } else if (times > 1) {
            doubled.add("poison " + payload + " is kept " + times + " times");
          }
        });
    return new Findings(lost, doubled, wrong);
  }

  private static String payload(byte[] object) {
    JsonObject json =
        JsonParser.parseString(new String(object, StandardCharsets.UTF_8)).getAsJsonObject();
    byte[] payload = Base64.getDecoder().decode(json.get("payload_base64").getAsString());
    return new String(payload, StandardCharsets.UTF_8);
  }
}
