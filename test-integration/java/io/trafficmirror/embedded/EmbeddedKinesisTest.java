package io.trafficmirror.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

final class EmbeddedKinesisTest {

  private final MovableClock clock = MovableClock.atNoon();
  private final EmbeddedAws aws = EmbeddedAws.start(EmbeddedOptions.defaults().withClock(clock));
  private final KinesisClient overHttp = Clients.overHttp(aws, KinesisClient.builder());
  private final KinesisClient inProcess = Clients.inProcess(aws, KinesisClient.builder());

  @AfterEach
  void close() {
    overHttp.close();
    aws.close();
  }

  @Test
  void readsInProcessWhatWasPutOverHttpInOrder() {
    overHttp.createStream(request -> request.streamName("s").shardCount(1));
    for (int i = 0; i < 5; i++) {
      String text = "record " + i;
      overHttp.putRecord(
          r -> r.streamName("s").partitionKey("k").data(SdkBytes.fromUtf8String(text)));
    }

    assertThat(read(inProcess, it -> it.shardIteratorType(ShardIteratorType.TRIM_HORIZON)))
        .extracting(record -> record.data().asUtf8String())
        .containsExactly("record 0", "record 1", "record 2", "record 3", "record 4");
    assertThat(aws.calls().refusedAsUnsupported()).isEmpty();
    assertThat(aws.calls().byAction("kinesis")).containsEntry("PutRecord", 5);
  }

  @Test
  void preservesTimesInCbor() {
    aws.kinesis().createStream("s", 1);
    clock.move(Duration.ofMillis(123));
    overHttp.putRecord(r -> r.streamName("s").partitionKey("k").data(SdkBytes.fromUtf8String("x")));

    assertThat(read(overHttp, it -> it.shardIteratorType(ShardIteratorType.TRIM_HORIZON)))
        .extracting(Record::approximateArrivalTimestamp)
        .containsExactly(clock.instant());
  }

  @Test
  void respondsToAwsJsonInAwsJson() throws IOException, InterruptedException {
    aws.kinesis().createStream("s", 1);
    String put =
        json("PutRecord", "{\"StreamName\":\"s\",\"PartitionKey\":\"k\",\"Data\":\"aGVsbG8=\"}");

    assertThat(put).contains("\"ShardId\":\"shardId-000000000000\"");
    assertThat(new String(aws.kinesis().records("s").getFirst().data(), UTF_8)).isEqualTo("hello");
    assertThat(json("DescribeStreamSummary", "{\"StreamName\":\"s\"}"))
        .contains("\"StreamCreationTimestamp\":1767268800.000")
        .contains(aws.kinesis().streamArn("s"));
    assertThat(json("DescribeStreamSummary", "{\"StreamName\":\"t\"}"))
        .contains("\"__type\":\"ResourceNotFoundException\"");
  }

  @Test
  void anOnDemandStreamStartsWithFourShards() {
    overHttp.createStream(
        r -> r.streamName("s").streamModeDetails(mode -> mode.streamMode(StreamMode.ON_DEMAND)));

    assertThat(overHttp.describeStreamSummary(r -> r.streamName("s")).streamDescriptionSummary())
        .satisfies(
            summary -> {
              assertThat(summary.openShardCount()).isEqualTo(4);
              assertThat(summary.streamModeDetails().streamMode()).isEqualTo(StreamMode.ON_DEMAND);
            });
  }

  @Test
  void describesActiveStreamsWithTheirShards() {
    overHttp.createStream(request -> request.streamName("s").shardCount(3));

    assertThat(overHttp.describeStreamSummary(r -> r.streamName("s")).streamDescriptionSummary())
        .satisfies(
            summary -> {
              assertThat(summary.openShardCount()).isEqualTo(3);
              assertThat(summary.streamStatus()).isEqualTo(StreamStatus.ACTIVE);
              assertThat(summary.streamCreationTimestamp()).isEqualTo(clock.instant());
            });
    assertThat(overHttp.describeStream(r -> r.streamName("s")).streamDescription().shards())
        .isEqualTo(overHttp.listShards(r -> r.streamARN(aws.kinesis().streamArn("s"))).shards())
        .last()
        .satisfies(
            shard ->
                assertThat(shard.hashKeyRange().endingHashKey())
                    .isEqualTo(BigInteger.TWO.pow(128).subtract(BigInteger.ONE).toString()));
  }

  @Test
  void selectsTheShardByTheMd5OfTheKey() {
    aws.kinesis().createStream("s", 2);
    // The MD5 of "a" starts with 0c, that of "b" with 92: one in each half of the hash key space.
    aws.kinesis().put("s", "a", new byte[] {1});
    aws.kinesis().put("s", "b", new byte[] {2});

    assertThat(aws.kinesis().records("s"))
        .extracting(StoredRecord::partitionKey, StoredRecord::shardId)
        .containsExactly(tuple("a", "shardId-000000000000"), tuple("b", "shardId-000000000001"));
  }

  @Test
  void sequenceNumbersIncreaseNumericallyButNotLexicographically() {
    aws.kinesis().createStream("s", 1);
    List<String> texts =
        IntStream.range(0, 300).mapToObj(i -> aws.kinesis().put("s", "k", new byte[1])).toList();

    assertThat(texts.stream().map(BigInteger::new)).isSorted().doesNotHaveDuplicates();
    assertThat(texts.subList(0, 12)).isNotEqualTo(texts.subList(0, 12).stream().sorted().toList());
    assertThat(texts).allMatch(text -> text.matches("[1-9]\\d{54,70}"));
  }

  @Test
  void rejectedEntriesFailIndividuallyInASuccessfulResponse() {
    aws.kinesis().createStream("s", 1);
    aws.kinesis().refuseEntries(2, "ProvisionedThroughputExceededException");
    PutRecordsResponse answer =
        overHttp.putRecords(r -> r.streamName("s").records(entry("a"), entry("b"), entry("c")));

    assertThat(answer.failedRecordCount()).isEqualTo(2);
    assertThat(answer.records())
        .extracting(PutRecordsResultEntry::errorCode)
        .containsExactly(
            "ProvisionedThroughputExceededException",
            "ProvisionedThroughputExceededException",
            null);
    assertThat(aws.kinesis().records("s"))
        .extracting(StoredRecord::partitionKey)
        .containsExactly("c");
  }

  @Test
  void rejectsPutRecordsWithTooManyEntriesAsAWhole() {
    aws.kinesis().createStream("s", 1);
    List<PutRecordsRequestEntry> entries = Stream.generate(() -> entry("k")).limit(501).toList();

    assertThatThrownBy(() -> inProcess.putRecords(r -> r.streamName("s").records(entries)))
        .isInstanceOf(KinesisException.class);
    assertThat(aws.kinesis().records("s")).isEmpty();
    assertThat(aws.calls().byActionAndResult("kinesis").get("PutRecords"))
        .isEqualTo(Map.of("ValidationException", 1));
  }

  @Test
  void rejectsARecordOfMoreThanOneMebibyte() {
    aws.kinesis().createStream("s", 1);
    SdkBytes data = SdkBytes.fromByteArrayUnsafe(new byte[1 << 20]);

    assertThatThrownBy(
            () -> inProcess.putRecord(r -> r.streamName("s").partitionKey("k").data(data)))
        .hasMessageContaining("1048576");
  }

  @Test
  void startsIteratorsAtEachPosition() {
    aws.kinesis().createStream("s", 1);
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      numbers.add(aws.kinesis().put("s", "k", ("r" + i).getBytes(UTF_8)));
      clock.move(Duration.ofSeconds(10));
    }

    assertThat(texts(it -> it.shardIteratorType(ShardIteratorType.LATEST))).isEmpty();
    assertThat(
            texts(
                it ->
                    it.shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                        .startingSequenceNumber(numbers.get(1))))
        .containsExactly("r1", "r2");
    assertThat(
            texts(
                it ->
                    it.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                        .startingSequenceNumber(numbers.get(1))))
        .containsExactly("r2");
    assertThat(
            texts(
                it ->
                    it.shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                        .timestamp(clock.instant().minusSeconds(25))))
        .containsExactly("r1", "r2");
  }

  @Test
  void aNextIteratorContinuesAndExpiresAfterFiveMinutes() {
    aws.kinesis().createStream("s", 1);
    aws.kinesis().put("s", "k", "r0".getBytes(UTF_8));
    aws.kinesis().put("s", "k", "r1".getBytes(UTF_8));
    String first = iterator(inProcess, it -> it.shardIteratorType(ShardIteratorType.TRIM_HORIZON));
    GetRecordsResponse page = inProcess.getRecords(r -> r.shardIterator(first).limit(1));

    assertThat(page.records()).hasSize(1);
    assertThat(inProcess.getRecords(r -> r.shardIterator(page.nextShardIterator())).records())
        .extracting(record -> record.data().asUtf8String())
        .containsExactly("r1");
    clock.move(Duration.ofMinutes(5).plusMillis(1));
    assertThatThrownBy(() -> inProcess.getRecords(r -> r.shardIterator(page.nextShardIterator())))
        .isInstanceOf(ExpiredIteratorException.class);
    assertThatThrownBy(() -> inProcess.getRecords(r -> r.shardIterator("nonsense")))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  void errorsBecomeTheSdksExceptions() {
    aws.kinesis().createStream("s", 1);
    aws.faults().refuse("kinesis", "PutRecord", 1, 400, "ProvisionedThroughputExceededException");

    assertThatThrownBy(() -> overHttp.createStream(r -> r.streamName("s").shardCount(1)))
        .isInstanceOf(ResourceInUseException.class);
    assertThatThrownBy(() -> overHttp.deleteStream(r -> r.streamName("t")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Stream t under account 111122223333 not found");
    assertThatThrownBy(
            () ->
                overHttp.putRecord(
                    r -> r.streamName("s").partitionKey("k").data(SdkBytes.fromUtf8String("x"))))
        .isInstanceOf(ProvisionedThroughputExceededException.class);
    overHttp.deleteStream(r -> r.streamName("s"));
    assertThatThrownBy(() -> overHttp.describeStreamSummary(r -> r.streamName("s")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void reportsUnsupportedFeatures() {
    KinesisException refused =
        catchThrowableOfType(
            KinesisException.class,
            () ->
                overHttp.createStream(r -> r.streamName("s").shardCount(1).tags(Map.of("a", "b"))));

    assertThat(refused.statusCode()).isEqualTo(501);
    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("EmbeddedAwsUnsupported");
    assertThatThrownBy(() -> inProcess.listStreams()).isInstanceOf(KinesisException.class);
    assertThat(aws.calls().refusedAsUnsupported())
        .containsExactly("kinesis CreateStream: parameter Tags", "kinesis ListStreams: the action");
  }

  private String json(String action, String body) throws IOException, InterruptedException {
    String scope = "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/kinesis/aws4_request, x";
    HttpRequest request =
        HttpRequest.newBuilder(aws.endpoint())
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", "Kinesis_20131202." + action)
            .header("Authorization", scope)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  private List<String> texts(Consumer<GetShardIteratorRequest.Builder> start) {
    return read(inProcess, start).stream().map(record -> record.data().asUtf8String()).toList();
  }

  private static List<Record> read(
      KinesisClient client, Consumer<GetShardIteratorRequest.Builder> start) {
    String iterator = iterator(client, start);
    return client.getRecords(r -> r.shardIterator(iterator)).records();
  }

  private static String iterator(
      KinesisClient client, Consumer<GetShardIteratorRequest.Builder> start) {
    return client
        .getShardIterator(r -> start.accept(r.streamName("s").shardId("shardId-000000000000")))
        .shardIterator();
  }

  private static PutRecordsRequestEntry entry(String key) {
    return PutRecordsRequestEntry.builder()
        .partitionKey(key)
        .data(SdkBytes.fromUtf8String(key))
        .build();
  }
}
