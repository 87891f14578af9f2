package io.trafficmirror.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PoisonTest {

  private static final Map<String, String> PUT = Map.of("7", "no JSON");

  private final SortedMap<String, byte[]> bucket = new TreeMap<>();

  @Test
  void acceptsPoisonStoredOnce() {
    store("rejected/events/shard/7.json", "no JSON");
    store("retries-exhausted/events/shard/8/i-1.json", "something else");
    assertThat(Poison.judge(PUT, bucket).isNone()).isTrue();
  }

  @Test
  void reportsUnstoredPoisonAsLost() {
    assertThat(Poison.judge(PUT, bucket).lost()).hasSize(1);
  }

  @Test
  void reportsPoisonStoredTwiceAsDoubled() {
    store("rejected/events/shard/7.json", "no JSON");
    store("rejected/events/other/7.json", "no JSON");
    assertThat(Poison.judge(PUT, bucket).doubled()).hasSize(1);
  }

  @Test
  void reportsARejectedRecordThatIsNotPoisonAsWrong() {
    store("rejected/events/shard/7.json", "no JSON");
    store("rejected/events/shard/8.json", "{\"good\": true}");
    assertThat(Poison.judge(PUT, bucket).wrong()).hasSize(1);
  }

  private void store(String key, String payload) {
    String encoded = Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8));
    bucket.put(
        key, "{\"payload_base64\":\"%s\"}".formatted(encoded).getBytes(StandardCharsets.UTF_8));
  }
}
