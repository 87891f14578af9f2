package io.trafficmirror.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FailureDestinationTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final MovableClock clock = MovableClock.atNoon();
  private final EmbeddedAws aws =
      EmbeddedAws.inProcess(EmbeddedOptions.defaults().withClock(clock));
  private final MappingSettings settings =
      MappingSettings.defaults()
          .withParallelizationFactor(1)
          .withBisectOnError(false)
          .withMaximumRetryAttempts(1)
          .withFailureBucket("failures");
  private final ScriptedFunction function = new ScriptedFunction();

  @Test
  void writesTheObjectKeyThatLambdaDocuments() throws IOException {
    giveUpTwoRecords();

    assertThat(onlyFailure().getKey())
        .matches(
            "aws/lambda/[0-9a-f-]{36}/shardId-000000000000/2026/01/01/"
                + "2026-01-01T12\\.00\\.05-[0-9a-f-]{36}");
  }

  @Test
  void recordsTheDiscardedBatchAndTheCondition() throws IOException {
    List<String> numbers = giveUpTwoRecords();
    JsonNode kept = onlyFailure().getValue();

    assertThat(kept.path("requestContext").path("condition").asText())
        .isEqualTo("RetryAttemptsExhausted");
    assertThat(kept.path("requestContext").path("approximateInvokeCount").asInt()).isEqualTo(2);
    assertThat(kept.path("requestContext").path("functionArn").asText())
        .isEqualTo("arn:aws:lambda:us-east-1:111122223333:function:traffic-mirror:live");
    assertThat(kept.path("responseContext").path("functionError").asText()).isEqualTo("Unhandled");
    assertThat(kept.path("version").asText()).isEqualTo("1.0");
    assertThat(kept.path("timestamp").asText()).isEqualTo("2026-01-01T12:00:05.000Z");
    JsonNode info = kept.path("KinesisBatchInfo");
    assertThat(info.path("shardId").asText()).isEqualTo("shardId-000000000000");
    assertThat(info.path("startSequenceNumber").asText()).isEqualTo(numbers.getFirst());
    assertThat(info.path("endSequenceNumber").asText()).isEqualTo(numbers.getLast());
    assertThat(info.path("approximateArrivalOfFirstRecord").asText())
        .isEqualTo("2026-01-01T12:00:00.000Z");
    assertThat(info.path("approximateArrivalOfLastRecord").asText())
        .isEqualTo("2026-01-01T12:00:05.000Z");
    assertThat(info.path("batchSize").asInt()).isEqualTo(2);
    assertThat(info.path("streamArn").asText()).isEqualTo(aws.kinesis().streamArn("s"));
  }

  @Test
  void storesTheWholeEventAsTextInThePayload() throws IOException {
    giveUpTwoRecords();
    JsonNode kept = onlyFailure().getValue();

    assertThat(kept.path("payload").isTextual()).isTrue();
    JsonNode records = JSON.readTree(kept.path("payload").asText()).path("Records");
    assertThat(records).hasSize(2);
    assertThat(new String(records.path(0).path("kinesis").path("data").binaryValue(), UTF_8))
        .isEqualTo("r0");
  }

  @Test
  void storesRecordsThatExpireBeforeAnyInvocationWithoutAResponse() throws IOException {
    aws.kinesis().createStream("s", 1);
    aws.s3().createBucket("failures");
    aws.kinesis().put("s", "k", "old".getBytes(UTF_8));
    clock.move(Duration.ofHours(2));

    assertThat(new EventSourceMapping(aws, "s", settings, function).drain(1)).isZero();
    JsonNode kept = onlyFailure().getValue();
    assertThat(kept.path("requestContext").path("condition").asText())
        .isEqualTo("RecordAgeExceeded");
    assertThat(kept.has("responseContext")).isFalse();
    assertThat(function.batches()).isEmpty();
  }

  @Test
  void losesDiscardedRecordsWithoutTheBucket() {
    aws.kinesis().createStream("s", 1);
    aws.kinesis().put("s", "k", "r0".getBytes(UTF_8));
    function.failNext(9);
    EventSourceMapping mapping = new EventSourceMapping(aws, "s", settings, function);
    mapping.drain(9);

    assertThat(mapping.dropped()).isEqualTo(1);
    assertThat(mapping.destinationDeliveryFailures()).isEqualTo(1);
  }

  private List<String> giveUpTwoRecords() {
    aws.kinesis().createStream("s", 1);
    aws.s3().createBucket("failures");
    String first = aws.kinesis().put("s", "k", "r0".getBytes(UTF_8));
    clock.move(Duration.ofSeconds(5));
    String second = aws.kinesis().put("s", "k", "r1".getBytes(UTF_8));
    function.failNext(2);
    new EventSourceMapping(aws, "s", settings, function).drain(9);
    return List.of(first, second);
  }

  private Map.Entry<String, JsonNode> onlyFailure() throws IOException {
    assertThat(aws.s3().objects("failures")).hasSize(1);
    Map.Entry<String, byte[]> only = aws.s3().objects("failures").firstEntry();
    return Map.entry(only.getKey(), JSON.readTree(only.getValue()));
  }
}
