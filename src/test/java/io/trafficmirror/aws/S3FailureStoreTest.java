package io.trafficmirror.aws;

import static io.trafficmirror.aws.World.failure;
import static io.trafficmirror.aws.World.got;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.FailureStore.FailedItem;
import io.trafficmirror.port.StreamRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class S3FailureStoreTest {
  private static final String STREAM = "arn:aws:kinesis:us-east-1:111122223333:stream/mirror";
  private static final String SHARD = "shardId-000000000000";
  private static final Scope SCOPE = new Scope("111122223333", "us-east-1");
  private static final String PLACE = "111122223333/us-east-1/mirror/shardId-000000000000";
  private static final FakeHttp.Reply OK = new FakeHttp.Reply.Answer(200, Map.of(), "");

  private final World world = new World();
  private final S3FailureStore store = new S3FailureStore(world.clients.s3(), "failures");

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void storesARejectedRecordUnderItsScopeStreamShardAndNumber() {
    world.http.reply(OK);
    assertThat(got(store.store(rejected(record(STREAM, SHARD, "495")), world.inAMinute())))
        .isEqualTo("s3://failures/rejected/" + PLACE + "/495.json");
    assertThat(world.http.requests().getFirst().http().encodedPath())
        .endsWith("/rejected/" + PLACE + "/495.json");
    assertThat(world.metered).containsExactly("S3 PutObject ok");
  }

  @Test
  void storesAnExhaustedInstanceBelowItsRecord() {
    world.http.reply(OK);
    FailedItem item =
        new FailedItem(
            SCOPE,
            record(STREAM, SHARD, "495"),
            Optional.of(new InstanceId("i-0a1")),
            "not-visible-yet",
            "EC2 does not show it.",
            "{}".getBytes(UTF_8),
            "i-0a1");
    assertThat(got(store.store(item, world.inAMinute())))
        .isEqualTo("s3://failures/retries-exhausted/" + PLACE + "/495/i-0a1.json");
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', '', unknown/unknown/unknown",
    "mirror, a b, 4/9, mirror/a_b/4_9",
    "x/, .., ., unknown/unknown/unknown",
    "x/é, s, 1, _/s/1"
  })
  void sanitizesThePartsOfAKey(String arn, String shard, String number, String place) {
    world.http.reply(OK);
    assertThat(got(store.store(rejected(record(arn, shard, number)), world.inAMinute())))
        .isEqualTo("s3://failures/rejected/111122223333/us-east-1/" + place + ".json");
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', unknown/unknown",
    "111122223333, '', 111122223333/unknown",
    "../x, a b, .._x/a_b"
  })
  void keepsThePlaceOfAnUnknownAccountOrRegion(String account, String region, String place) {
    world.http.reply(OK);
    FailedItem item = rejected(new Scope(account, region), record(STREAM, SHARD, "1"));
    assertThat(got(store.store(item, world.inAMinute())))
        .isEqualTo("s3://failures/rejected/" + place + "/mirror/shardId-000000000000/1.json");
  }

  @Test
  void limitsAPartOfAKeyToTwoHundredCharacters() {
    world.http.reply(OK);
    assertThat(got(store.store(rejected(record("m", "s", "9".repeat(999))), world.inAMinute())))
        .isEqualTo(
            "s3://failures/rejected/111122223333/us-east-1/m/s/" + "9".repeat(200) + ".json");
  }

  @Test
  void writesTheCauseAndTheDataForAReplay() {
    FailedItem item =
        new FailedItem(
            SCOPE,
            record(STREAM, SHARD, "495"),
            Optional.of(new InstanceId("i-0a1")),
            "not-visible-yet",
            "EC2 \"does not\" show it.",
            "{\"é\": 1}".getBytes(UTF_8),
            "i-0a1");
    JsonObject json = json(item);
    assertThat(json.toString())
        .isEqualTo(
            """
            {"reason":"not-visible-yet","detail":"EC2 \\"does not\\" show it.",\
            "account":"111122223333","region":"us-east-1",\
            "stream_arn":"arn:aws:kinesis:us-east-1:111122223333:stream/mirror",\
            "shard_id":"shardId-000000000000","sequence_number":"495",\
            "partition_key":"i-0a1","arrived_at":"2026-11-24T10:00:00Z",\
            "instance_id":"i-0a1","payload_base64":"eyLDqSI6IDF9",\
            "payload_text":"{\\"é\\": 1}"}\
            """);
  }

  @Test
  void storesABinaryPayloadAsBase64Only() {
    FailedItem item =
        new FailedItem(
            SCOPE,
            record(STREAM, SHARD, "1"),
            Optional.empty(),
            "malformed",
            "why",
            new byte[] {(byte) 0xff, 0},
            "k");
    assertThat(json(item).get("payload_base64").getAsString()).isEqualTo("/wA=");
    assertThat(json(item).keySet()).doesNotContain("payload_text", "instance_id");
  }

  @Test
  void failsWithoutABucket() {
    S3FailureStore none = new S3FailureStore(world.clients.s3(), "");
    assertThat(failure(none.store(rejected(record(STREAM, SHARD, "1")), world.inAMinute())))
        .isEqualTo(
            new Failure(
                FailureKind.INVALID,
                "no-failure-bucket",
                "PutObject of rejected/" + PLACE + "/1.json: no failure bucket is configured"));
    assertThat(world.http.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "404, NoSuchBucket, UNAVAILABLE",
    "403, AccessDenied, DENIED",
    "400, AnythingNew, UNAVAILABLE"
  })
  void neverTreatsAFailedPutAsFinal(int status, String code, FailureKind kind) {
    world.http.reply(
        new FakeHttp.Reply.Answer(
            status, Map.of(), "<Error><Code>%s</Code></Error>".formatted(code)));
    Failure failure = failure(store.store(rejected(record(STREAM, SHARD, "1")), world.inAMinute()));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.message())
        .startsWith("PutObject to s3://failures/rejected/" + PLACE + "/1.json: AWS");
  }

  @Test
  void putsNothingAfterTheDeadline() {
    assertThat(
            failure(store.store(rejected(record(STREAM, SHARD, "1")), world.in(Duration.ZERO)))
                .kind())
        .isEqualTo(FailureKind.OUT_OF_TIME);
    assertThat(world.http.requests()).isEmpty();
  }

  private static JsonObject json(FailedItem item) {
    return JsonParser.parseString(new String(KeptJson.write(item), UTF_8)).getAsJsonObject();
  }

  private static FailedItem rejected(StreamRecord record) {
    return rejected(SCOPE, record);
  }

  private static FailedItem rejected(Scope scope, StreamRecord record) {
    return new FailedItem(
        scope, record, Optional.empty(), "malformed", "why", record.data(), record.partitionKey());
  }

  private static StreamRecord record(String arn, String shard, String number) {
    return new StreamRecord(
        0, arn, shard, number, "k", Instant.parse("2026-11-24T10:00:00Z"), new byte[] {'x'});
  }
}
