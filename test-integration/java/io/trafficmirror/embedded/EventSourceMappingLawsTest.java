package io.trafficmirror.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Properties that hold for any response of the function. */
final class EventSourceMappingLawsTest {

  /**
   * The function processes the records in order up to a random one and reports this in a random
   * way. A processed record may be delivered again, but none is skipped.
   */
  @Property(tries = 60)
  void skipsNoRecordAndKeepsTheOrderOfEachKey(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 10) int lanes,
      @ForAll @IntRange(min = 1, max = 20) int batchSize,
      @ForAll boolean bisect) {
    Random random = new Random(seed);
    EmbeddedAws aws =
        EmbeddedAws.inProcess(
            EmbeddedOptions.defaults().withClock(MovableClock.atNoon()).withSeed(seed));
    aws.kinesis().createStream("s", 1 + random.nextInt(3));
    Map<String, List<String>> put = new LinkedHashMap<>();
    MappingSettings settings =
        MappingSettings.defaults()
            .withParallelizationFactor(lanes)
            .withBatchSize(batchSize)
            .withBisectOnError(bisect);
    InOrderFunction function = new InOrderFunction(random);
    EventSourceMapping mapping = new EventSourceMapping(aws, "s", settings, function);
    for (int i = 0; i < 60; i++) {
      String key = "key" + random.nextInt(6);
      String number = aws.kinesis().put("s", key, new byte[] {1});
      put.computeIfAbsent(key, name -> new ArrayList<>()).add(number);
      if (random.nextInt(4) == 0) {
        mapping.runOnce();
      }
    }
    mapping.drain(5_000);

    assertThat(function.firstTimes).isEqualTo(put);
    assertThat(mapping.idle()).isTrue();
    assertThat(mapping.dropped()).isZero();
  }

  private static final class InOrderFunction implements LambdaFunction {

    private final Random random;
    private final Map<String, List<String>> firstTimes = new LinkedHashMap<>();

    InOrderFunction(Random random) {
      this.random = random;
    }

    @Override
    public Result invoke(byte[] event, String requestId, Duration timeout) {
      JsonNode records = records(event);
      int done = random.nextInt(records.size() + 1);
      for (int i = 0; i < done; i++) {
        JsonNode kinesis = records.path(i).path("kinesis");
        List<String> known =
            firstTimes.computeIfAbsent(
                kinesis.path("partitionKey").asText(), name -> new ArrayList<>());
        String number = kinesis.path("sequenceNumber").asText();
        if (!known.contains(number)) {
          known.add(number);
        }
      }
      if (done == records.size()) {
        return new Result.Returned(new byte[0]);
      }
      return switch (random.nextInt(3)) {
        case 0 -> new Result.Failed("Random", "random failure");
        case 1 -> returnFrom("");
        default -> returnFrom(records.path(done).path("kinesis").path("sequenceNumber").asText());
      };
    }

    private static Result returnFrom(String number) {
      String json = "{\"batchItemFailures\":[{\"itemIdentifier\":\"" + number + "\"}]}";
      return new Result.Returned(json.getBytes(UTF_8));
    }

    private static JsonNode records(byte[] event) {
      try {
        return new ObjectMapper().readTree(event).path("Records");
      } catch (IOException notJson) {
        throw new UncheckedIOException(notJson);
      }
    }
  }
}
