package io.trafficmirror.aws;

import static io.trafficmirror.aws.World.got;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.trafficmirror.port.Answer;
import io.trafficmirror.port.CallMeter;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.core.sync.RequestBody;

@Isolated("it changes system properties")
final class AwsClientsTest {
  private static final CallMeter NO_METER = (service, action, result) -> {};
  private final FakeHttp http = new FakeHttp();
  private final Map<String, Optional<String>> before = new TreeMap<>();

  /** Isolates the test from the AWS settings of the machine. */
  @BeforeEach
  void isolateFromTheMachine() {
    set("aws.profile", "none-of-this-machine");
    set("aws.configFile", "/nowhere/config");
    set("aws.sharedCredentialsFile", "/nowhere/credentials");
    set("aws.disableEc2Metadata", "true");
    set("aws.region", "us-east-1");
    set("aws.accessKeyId", "test");
    set("aws.secretAccessKey", "test");
  }

  @AfterEach
  void restore() {
    before.forEach(
        (key, value) ->
            value.ifPresentOrElse(
                text -> System.setProperty(key, text), () -> System.clearProperty(key)));
  }

  @Test
  void usesTheEndpointsOfTheSdksStandardSettings() {
    set("aws.endpointUrl", "http://127.0.0.1:4566");
    set("aws.endpointUrlEc2", "http://127.0.0.1:4567");
    try (AwsClients clients = AwsClients.over(http, NO_METER)) {
      http.answer("describe-instances-nothing").reply(new FakeHttp.Reply.Answer(200, Map.of(), ""));
      got(new SdkEc2Reads(clients.ec2Reads()).page(5, Optional.empty(), inAMinute()));
      assertThat(http.requests().getFirst().http().getUri()).hasToString("http://127.0.0.1:4567");
      clients.s3().putObject(r -> r.bucket("b").key("k"), RequestBody.fromString("x"));
      assertThat(http.requests().getLast().http().getUri())
          .hasToString("http://127.0.0.1:4566/b/k");
    }
  }

  @Test
  void failsWithoutARegionAndClosesTheHttpClient() {
    System.clearProperty("aws.region");
    assumeThat(System.getenv("AWS_REGION")).as("AWS_REGION of this machine").isNull();
    assertThatThrownBy(() -> AwsClients.over(http, NO_METER))
        .isInstanceOf(AwsSettingsException.class)
        .hasMessageContaining("region");
    assertThat(http.isClosed()).isTrue();
  }

  @Test
  void createsClientsWithoutCredentialsOrACall() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    assumeThat(System.getenv("AWS_ACCESS_KEY_ID")).as("credentials of this machine").isNull();
    try (AwsClients clients = AwsClients.over(http, NO_METER)) {
      assertThat(clients.kinesis().serviceName()).isEqualTo("kinesis");
      assertThat(http.requests()).isEmpty();
      Answer<?> answer = new SdkEc2Reads(clients.ec2Reads()).page(5, Optional.empty(), inAMinute());
      assertThat(World.failure(answer).kind()).isEqualTo(FailureKind.UNAVAILABLE);
      assertThat(http.requests()).isEmpty();
    }
  }

  @Test
  void closesConnectionsBetweenSnapshotAndRestore() {
    try (AwsClients clients = AwsClients.over(http, NO_METER)) {
      clients.beforeSnapshot();
      http.reply(new FakeHttp.Reply.Answer(200, Map.of(), ""));
      clients.s3().putObject(r -> r.bucket("b").key("k"), RequestBody.fromString("x"));
      assertThat(lastConnectionHeader()).contains("close");
      clients.afterRestore();
      http.reply(new FakeHttp.Reply.Answer(200, Map.of(), ""));
      clients.s3().putObject(r -> r.bucket("b").key("k"), RequestBody.fromString("x"));
      assertThat(lastConnectionHeader()).isEmpty();
    }
  }

  private Optional<String> lastConnectionHeader() {
    return http.requests().getLast().http().firstMatchingHeader("Connection");
  }

  @Test
  void resolvesDiscardedCredentialsAgain() {
    try (AwsClients clients = AwsClients.over(http, NO_METER)) {
      http.reply(new FakeHttp.Reply.Answer(200, Map.of(), ""));
      clients.s3().putObject(r -> r.bucket("b").key("k"), RequestBody.fromString("x"));
      clients.beforeSnapshot();
      set("aws.accessKeyId", "another");
      http.reply(new FakeHttp.Reply.Answer(200, Map.of(), ""));
      clients.s3().putObject(r -> r.bucket("b").key("k"), RequestBody.fromString("x"));
      assertThat(http.requests().getLast().http().firstMatchingHeader("Authorization"))
          .hasValueSatisfying(value -> assertThat(value).contains("Credential=another/"));
    }
  }

  @Test
  void invalidKinesisEndpointFailsOnlyThePut() {
    set("aws.endpointUrlKinesis", "no url at all");
    try (AwsClients clients = AwsClients.over(http, NO_METER)) {
      Answer<?> answer =
          new KinesisStreamWriter(clients::kinesis, inAMinute().time())
              .put(
                  "arn:aws:kinesis:us-east-1:111122223333:stream/mirror",
                  "key",
                  new byte[0],
                  inAMinute());
      assertThat(World.failure(answer).code()).isEqualTo("aws-settings");
      assertThatThrownBy(clients::beforeSnapshot).isInstanceOf(AwsSettingsException.class);
    }
  }

  @Test
  void createsTheNetworkClientsFromTheSameSettings() {
    try (AwsClients clients = AwsClients.create(NO_METER)) {
      assertThat(clients.http().clientName()).isEqualTo("UrlConnection");
    }
  }

  private void set(String key, String value) {
    before.putIfAbsent(key, Optional.ofNullable(System.getProperty(key)));
    System.setProperty(key, value);
  }

  private static Deadline inAMinute() {
    Instant now = Instant.parse("2026-11-24T10:00:00Z");
    Time still =
        new Time() {
          @Override
          public Instant now() {
            return now;
          }

          @Override
          public void sleep(Duration duration) {}
        };
    return new Deadline(now.plusSeconds(60), still);
  }
}
