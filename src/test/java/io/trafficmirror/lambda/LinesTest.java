package io.trafficmirror.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.port.StreamRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LinesTest {

  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  @Property(tries = 300)
  void noValueEndsALineOrForgesAnotherOne(@ForAll String value) {
    List<String> sink = new ArrayList<>();
    new JsonLines(sink::add).write(NOW, "INFO", "hello", Map.of("value", value));
    assertThat(sink).singleElement().asString().doesNotContain("\n", "\r", "\u2028");
    JsonObject line = JsonParser.parseString(sink.getFirst()).getAsJsonObject();
    assertThat(line.get("message").getAsString()).isEqualTo("hello");
    assertThat(line.keySet()).containsExactly("time", "level", "message", "value");
  }

  @Test
  void cutsALongValueAndKeepsNumbers() {
    List<String> sink = new ArrayList<>();
    new JsonLines(sink::add).write(NOW, "INFO", "hello", Map.of("value", "x".repeat(5_000)));
    assertThat(sink.getFirst().length()).isLessThan(1_200);
    new JsonLines(sink::add).write(NOW, "INFO", "hello", Map.of("n", 7));
    assertThat(sink.getLast()).contains("\"n\":7");
  }

  @Test
  void writesMetricsInTheEmbeddedFormatWithTheirDimensions() {
    Metrics metrics = new Metrics("Ns", "prod");
    metrics.count("Outcomes", Map.of("Trigger", "launch", "Outcome", "created"), 2);
    metrics.count("Outcomes", Map.of("Outcome", "created", "Trigger", "launch"), 1);
    assertThat(flush(metrics))
        .containsExactly(
            "{\"_aws\":{\"Timestamp\":1795514400000,\"CloudWatchMetrics\":[{\"Namespace\":\"Ns\","
                + "\"Dimensions\":[[\"Deployment\",\"Outcome\",\"Trigger\"]],"
                + "\"Metrics\":[{\"Name\":\"Outcomes\",\"Unit\":\"Count\"}]}]},"
                + "\"Deployment\":\"prod\",\"Outcome\":\"created\",\"Trigger\":\"launch\","
                + "\"Outcomes\":3.0}");
    assertThat(flush(metrics)).as("a flush clears the metrics").isEmpty();
  }

  @Test
  void writesMetricsWithTheSameDimensionsToOneLine() {
    Metrics metrics = new Metrics("Ns", "prod");
    metrics.count("BatchRecords", Map.of(), 7);
    metrics.count("Outcomes", Map.of("Outcome", "created"), 1);
    metrics.time("BatchTime", Map.of(), Duration.ofMillis(12));
    assertThat(flush(metrics))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .contains("\"BatchRecords\":7.0", "\"BatchTime\":12.0", "[[\"Deployment\"]]"),
            line -> assertThat(line).contains("\"Outcomes\":1.0"));
  }

  @Test
  void writesEveryDurationWithAtMostOneHundredPerLine() {
    Metrics metrics = new Metrics("Ns", "prod");
    for (int i = 0; i < 201; i++) {
      metrics.time("Age", Map.of(), Duration.ofMillis(i));
    }
    List<String> lines = flush(metrics);
    assertThat(lines).hasSize(3);
    assertThat(JsonParser.parseString(lines.getFirst()).getAsJsonObject().getAsJsonArray("Age"))
        .hasSize(100);
    assertThat(JsonParser.parseString(lines.getLast()).getAsJsonObject().get("Age").getAsDouble())
        .isEqualTo(200.0);
  }

  @Test
  void countsOnlyCallsToEc2() {
    Metrics metrics = new Metrics("Ns", "prod");
    metrics.recordCall("Ec2", "DescribeInstances", "ok");
    metrics.recordCall("S3", "PutObject", "ok");
    assertThat(flush(metrics)).singleElement().asString().contains("DescribeInstances", "Ec2Calls");
  }

  @Test
  void convertsAnEmptyRecord() {
    KinesisEvent.KinesisEventRecord hollow = new KinesisEvent.KinesisEventRecord();
    hollow.setKinesis(new KinesisEvent.Record());
    KinesisEvent event = new KinesisEvent();
    event.setRecords(Arrays.asList(null, new KinesisEvent.KinesisEventRecord(), hollow));
    assertThat(Records.of(event, NOW)).containsExactly(empty(0), empty(1), empty(2));
    assertThat(Records.of(null, NOW)).isEmpty();
    assertThat(Records.of(new KinesisEvent(), NOW)).isEmpty();
  }

  @Test
  void convertsEveryFieldOfARecord() {
    KinesisEvent.Record kinesis = new KinesisEvent.Record();
    kinesis.setSequenceNumber("49");
    kinesis.setPartitionKey("i-1");
    kinesis.setApproximateArrivalTimestamp(Date.from(NOW.minusSeconds(5)));
    kinesis.setData(ByteBuffer.wrap(new byte[] {9, 1, 2}).position(1));
    KinesisEvent.KinesisEventRecord item = new KinesisEvent.KinesisEventRecord();
    item.setKinesis(kinesis);
    item.setEventID("shardId-000000000006:49");
    item.setEventSourceARN("arn:aws:kinesis:us-east-1:111122223333:stream/s");
    KinesisEvent event = new KinesisEvent();
    event.setRecords(List.of(item));
    assertThat(Records.of(event, NOW))
        .containsExactly(
            new StreamRecord(
                0,
                "arn:aws:kinesis:us-east-1:111122223333:stream/s",
                "shardId-000000000006",
                "49",
                "i-1",
                NOW.minusSeconds(5),
                new byte[] {1, 2}));
  }

  private static StreamRecord empty(int position) {
    return new StreamRecord(position, "", "", "", "", NOW, new byte[0]);
  }

  private static List<String> flush(Metrics metrics) {
    List<String> sink = new ArrayList<>();
    metrics.flush(NOW, new JsonLines(sink::add));
    return sink;
  }
}
