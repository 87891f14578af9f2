package io.trafficmirror.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.aws.S3FailureStore;
import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.EmbeddedOptions;
import io.trafficmirror.embedded.StoredRecord;
import io.trafficmirror.event.EventParser;
import io.trafficmirror.event.MirrorEvent;
import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.operate.Commands.Run;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.FailureStore.FailedItem;
import io.trafficmirror.port.StreamRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The commands of the runbooks, run unchanged: replays of stored records, a backfill run and a
 * sweep.
 */
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
final class ReplayIT {

  private static final String STREAM = "prod-events";
  private static final String BUCKET = "prod-failures";
  private static final byte[] BINARY_PAYLOAD = {'{', '"', (byte) 0xff, 0, '\n', 'x'};
  private static final byte[] MISLEADING_PAYLOAD =
      "{\"payload_base64\":\"not this\", \"partition_key\":\"nor this\"}"
          .getBytes(StandardCharsets.UTF_8);

  private final VirtualTime time = new VirtualTime();
  private final EmbeddedAws aws = EmbeddedAws.start(EmbeddedOptions.defaults());

  @TempDir private Path directory;

  @BeforeEach
  void createStreamAndBucket() throws IOException, InterruptedException {
    Commands.requireAwsCli();
    aws.kinesis().createStream(STREAM, 1);
    aws.s3().createBucket(BUCKET);
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void replaysStoredRecordsByteForByteOnceWithTheirKey() throws IOException, InterruptedException {
    store(Optional.empty(), BINARY_PAYLOAD, "some key, by hand", "1");
    store(Optional.of(new InstanceId("i-0abc")), MISLEADING_PAYLOAD, "i-0abc", "2");

    Run run = run("Replay records that the function stored", "retries-exhausted/");
    assertThat(aws.kinesis().records(STREAM))
        .as(run.output())
        .singleElement()
        .satisfies(record -> assertRecord(record, "i-0abc", MISLEADING_PAYLOAD));
    assertThat(aws.s3().objects(BUCKET).keySet()).allMatch(key -> key.startsWith("rejected/"));

    run("Replay records that the function stored", "rejected/");
    assertThat(aws.kinesis().records(STREAM)).hasSize(2);
    assertRecord(aws.kinesis().records(STREAM).getLast(), "some key, by hand", BINARY_PAYLOAD);

    Run again = run("Replay records that the function stored", "rejected/");
    assertThat(again.exitCode()).isZero();
    assertThat(aws.kinesis().records(STREAM)).hasSize(2);
    assertThat(aws.calls().refusedAsUnsupported()).isEmpty();
  }

  @Test
  void replaysEveryRecordOfADiscardedBatch() throws IOException, InterruptedException {
    String batch =
        """
        {"requestContext":{"condition":"RetryAttemptsExhausted"},"version":"1.0",\
        "KinesisBatchInfo":{"batchSize":2},"payload":"{\\"Records\\":[\
        {\\"kinesis\\":{\\"kinesisSchemaVersion\\":\\"1.0\\",\\"partitionKey\\":\\"i-1\\",\
        \\"sequenceNumber\\":\\"49\\",\\"data\\":\\"e30=\\"},\\"eventSource\\":\\"aws:kinesis\\"},\
        {\\"kinesis\\":{\\"kinesisSchemaVersion\\":\\"1.0\\",\\"partitionKey\\":\\"backfill/111122223333/us-east-1\\",\
        \\"sequenceNumber\\":\\"50\\",\\"data\\":\\"+/8K\\"},\\"eventSource\\":\\"aws:kinesis\\"}]}"}\
        """;
    aws.s3().put(BUCKET, "aws/lambda/uuid/shardId-0/batch", batch.getBytes(StandardCharsets.UTF_8));

    Run run = run("Replay batches that Lambda discarded", "aws/lambda/");
    assertThat(aws.kinesis().records(STREAM)).as(run.output()).hasSize(2);
    assertRecord(aws.kinesis().records(STREAM).getFirst(), "i-1", new byte[] {'{', '}'});
    assertRecord(
        aws.kinesis().records(STREAM).getLast(),
        "backfill/111122223333/us-east-1",
        new byte[] {(byte) 0xfb, (byte) 0xff, '\n'});
    assertThat(aws.s3().objects(BUCKET)).isEmpty();
  }

  @Test
  void keepsARecordWhoseReplayFails() throws IOException, InterruptedException {
    store(Optional.of(new InstanceId("i-0abc")), MISLEADING_PAYLOAD, "i-0abc", "2");
    aws.faults().refuse("kinesis", "PutRecord", 100, 400, "AccessDeniedException");

    run("Replay records that the function stored", "retries-exhausted/");
    assertThat(aws.kinesis().records(STREAM)).isEmpty();
    assertThat(aws.s3().objects(BUCKET)).hasSize(1);
  }

  @Test
  void startsABackfillRunWithTheRunbooksRecord() throws IOException, InterruptedException {
    Run run = run("Start a backfill run", "");
    assertThat(aws.kinesis().records(STREAM))
        .as(run.output())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.partitionKey())
                  .isEqualTo("backfill/" + aws.account() + "/" + aws.region());
              assertThat(EventParser.parse(record.data(), aws.account()))
                  .isInstanceOf(MirrorEvent.BackfillPage.class);
            });
  }

  @Test
  void startsASweepWithTheRunbooksRecord() throws IOException, InterruptedException {
    Run run = run("Start a sweep", "");
    assertThat(aws.kinesis().records(STREAM))
        .as(run.output())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.partitionKey())
                  .isEqualTo("backfill/" + aws.account() + "/" + aws.region());
              assertThat(EventParser.parse(record.data(), aws.account()))
                  .isInstanceOf(MirrorEvent.TargetSweep.class);
            });
  }

  private static void assertRecord(StoredRecord record, String partitionKey, byte[] data) {
    assertThat(record.partitionKey()).isEqualTo(partitionKey);
    assertThat(record.data()).isEqualTo(data);
  }

  private void store(
      Optional<InstanceId> instance, byte[] payload, String partitionKey, String number) {
    StreamRecord record =
        new StreamRecord(
            0,
            aws.kinesis().streamArn(STREAM),
            "shardId-000000000000",
            number,
            partitionKey,
            time.now(),
            payload);
    try (S3Client s3 =
        S3Client.builder()
            .endpointOverride(aws.endpoint())
            .forcePathStyle(true)
            .region(Region.of(aws.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create("AKIDEXAMPLE", "secret")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      Deadline deadline = new Deadline(time.now().plus(Duration.ofMinutes(1)), time);
      assertThat(
              new S3FailureStore(s3, BUCKET)
                  .store(
                      new FailedItem(
                          new Scope("111122223333", "us-east-1"),
                          record,
                          instance,
                          "reason",
                          "detail",
                          payload,
                          partitionKey),
                      deadline))
          .isInstanceOf(Answer.Got.class);
    }
  }

  private Run run(String section, String prefix) throws IOException, InterruptedException {
    return new Commands(aws)
        .runbook(
            section,
            directory,
            Map.of("ACCOUNT", aws.account(), "STREAM", STREAM, "BUCKET", BUCKET, "PREFIX", prefix));
  }
}
