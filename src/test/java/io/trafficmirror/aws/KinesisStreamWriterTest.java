package io.trafficmirror.aws;

import static io.trafficmirror.aws.World.failure;
import static io.trafficmirror.aws.World.got;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.aws.KinesisStreamWriter.Item;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KinesisStreamWriterTest {
  private static final String STREAM = "arn:aws:kinesis:us-east-1:111122223333:stream/mirror";

  private static final String THROTTLED =
      """
      {"ErrorCode":"ProvisionedThroughputExceededException","ErrorMessage":"Rate exceeded"}\
      """;

  private final World world = new World();
  private final KinesisStreamWriter writer =
      new KinesisStreamWriter(world.clients::kinesis, world.time);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void putsARecordUnderItsKey() {
    answer(accepted("49"));
    assertThat(got(writer.put(STREAM, "backfill", "page".getBytes(UTF_8), world.inAMinute())))
        .isEqualTo("49");
    JsonObject request = request(0);
    assertThat(request.get("StreamARN").getAsString()).isEqualTo(STREAM);
    assertThat(entries(0)).containsExactly("backfill page");
    assertThat(world.time.pauses()).isEmpty();
  }

  @Test
  void resendsARejectedRecordWithBackoffUntilItIsAccepted() {
    for (int i = 0; i < 8; i++) {
      answer(THROTTLED);
    }
    answer(accepted("50"));
    assertThat(got(writer.put(STREAM, "k", new byte[0], world.inAMinute()))).isEqualTo("50");
    assertThat(world.time.pauses())
        .extracting(Duration::toMillis)
        .containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L);
  }

  @Test
  void resendsOnlyRejectedRecords() {
    answer(accepted("1"), THROTTLED, accepted("2"), THROTTLED);
    answer(THROTTLED, accepted("3"));
    answer(accepted("4"));
    List<Item> items = List.of(item("a"), item("b"), item("c"), item("d"));
    assertThat(got(writer.putAll(STREAM, items, world.inAMinute())))
        .containsExactly("1", "4", "2", "3");
    assertThat(entries(1)).containsExactly("k b", "k d");
    assertThat(entries(2)).containsExactly("k b");
  }

  @Test
  void splitsMoreThanFiveHundredRecordsIntoSeveralCalls() {
    answer(IntStream.range(0, 500).mapToObj(i -> accepted("1" + i)).toArray(String[]::new));
    answer(accepted("2"));
    List<Item> items = IntStream.range(0, 501).mapToObj(i -> item("x" + i)).toList();
    assertThat(got(writer.putAll(STREAM, items, world.inAMinute()))).hasSize(501);
    assertThat(entries(0)).hasSize(500);
    assertThat(entries(1)).containsExactly("k x500");
    assertThat(world.time.pauses()).isEmpty();
  }

  @Test
  void makesNoCallWithoutRecords() {
    assertThat(got(writer.putAll(STREAM, List.of(), world.inAMinute()))).isEmpty();
    assertThat(world.http.requests()).isEmpty();
  }

  @Test
  void returnsThrottledIfARecordIsRejectedUntilTheDeadline() {
    for (int i = 0; i < 20; i++) {
      answer(THROTTLED);
    }
    Failure failure = failure(writer.put(STREAM, "k", new byte[0], world.inAMinute()));
    assertThat(failure)
        .isEqualTo(
            new Failure(
                FailureKind.THROTTLED,
                "ProvisionedThroughputExceededException",
                "PutRecords on "
                    + STREAM
                    + ": Kinesis still rejected 1 records at the last attempt, one with"
                    + " ProvisionedThroughputExceededException: Rate exceeded"));
    // Six growing pauses of 6.3 s in total and ten of 5 s fit into the minute; another does not.
    assertThat(world.time.pauses()).hasSize(16);
    assertThat(world.http.requests()).hasSize(17);
  }

  @Test
  void resendsARecordThatIsMissingInTheResponse() {
    answer();
    answer(accepted("7"));
    assertThat(got(writer.put(STREAM, "k", new byte[0], world.inAMinute()))).isEqualTo("7");
  }

  @Test
  void mapsAMissingStreamToUnavailable() {
    world.http.reply(
        new FakeHttp.Reply.Answer(
            400,
            Map.of(),
            """
            {"__type":"com.amazonaws.kinesis#ResourceNotFoundException","message":"no stream"}\
            """));
    Failure failure = failure(writer.put(STREAM, "k", new byte[0], world.inAMinute()));
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure.code()).isEqualTo("ResourceNotFoundException");
    assertThat(world.metered).containsExactly("Kinesis PutRecords ResourceNotFoundException");
  }

  @Test
  void putsNothingAfterTheDeadline() {
    assertThat(failure(writer.put(STREAM, "k", new byte[0], world.in(Duration.ZERO))).kind())
        .isEqualTo(FailureKind.OUT_OF_TIME);
    assertThat(world.http.requests()).isEmpty();
  }

  @Test
  void stopsWaitingOnInterruptAndKeepsTheInterruptFlag() {
    answer(THROTTLED);
    KinesisStreamWriter interrupted =
        new KinesisStreamWriter(world.clients::kinesis, new InterruptedTime(world.time));
    assertThat(failure(interrupted.put(STREAM, "k", new byte[0], world.inAMinute())).kind())
        .isEqualTo(FailureKind.THROTTLED);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static Item item(String data) {
    return new Item("k", data.getBytes(UTF_8));
  }

  private static String accepted(String number) {
    return "{\"SequenceNumber\":\"%s\",\"ShardId\":\"shardId-000000000000\"}".formatted(number);
  }

  private void answer(String... records) {
    String body = "{\"FailedRecordCount\":0,\"Records\":[%s]}".formatted(String.join(",", records));
    world.http.reply(new FakeHttp.Reply.Answer(200, Map.of(), body));
  }

  private JsonObject request(int call) {
    return JsonParser.parseString(world.http.requests().get(call).body()).getAsJsonObject();
  }

  /** Partition key and data of each entry of a call. */
  private List<String> entries(int call) {
    return StreamSupport.stream(request(call).getAsJsonArray("Records").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .map(
            entry ->
                entry.get("PartitionKey").getAsString()
                    + " "
                    + new String(
                        Base64.getDecoder().decode(entry.get("Data").getAsString()), UTF_8))
        .toList();
  }
}
