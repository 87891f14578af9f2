package io.trafficmirror.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.InvalidEventPatternException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;

final class EmbeddedEventBridgeTest {

  private static final String RUNNING =
      """
      {"source": ["aws.ec2"], "detail-type": ["EC2 Instance State-change Notification"],
       "detail": {"state": ["running"]}}
      """;

  private final MovableClock clock = MovableClock.atNoon();
  private final EmbeddedAws aws = EmbeddedAws.start(EmbeddedOptions.defaults().withClock(clock));
  private final EventBridgeClient overHttp = Clients.overHttp(aws, EventBridgeClient.builder());
  private final EventBridgeClient inProcess = Clients.inProcess(aws, EventBridgeClient.builder());

  EmbeddedEventBridgeTest() {
    aws.kinesis().createStream("s", 1);
  }

  @AfterEach
  void close() {
    overHttp.close();
    aws.close();
  }

  @Test
  void forwardsMatchingEventsWithTheConfiguredPartitionKey() {
    aws.eventBridge().putRule("running", RUNNING, streamArn(), Optional.of("$.detail.instance-id"));
    String running = stateChange("i-1", "running");
    aws.eventBridge().putAwsEvent(running);
    aws.eventBridge().putAwsEvent(stateChange("i-2", "stopped"));

    assertThat(aws.kinesis().records("s"))
        .extracting(StoredRecord::partitionKey, record -> json(record.data()))
        .containsExactly(tuple("i-1", json(running.getBytes(UTF_8))));
  }

  @Test
  void usesTheEventIdAsPartitionKeyIfThePathIsAbsentOrUnresolved() {
    aws.eventBridge().putRule("a", RUNNING, streamArn(), Optional.empty());
    aws.eventBridge().putRule("b", RUNNING, streamArn(), Optional.of("$.detail.nothing"));
    aws.eventBridge().putAwsEvent(stateChange("i-1", "running"));

    assertThat(aws.kinesis().records("s"))
        .extracting(StoredRecord::partitionKey)
        .containsExactly("id-of-i-1", "id-of-i-1");
  }

  @Test
  void createsAndDeletesRulesAndTargetsOverHttp() {
    overHttp.putRule(r -> r.name("custom").eventPattern("{\"source\":[\"my.app\"]}"));
    overHttp.putTargets(r -> r.rule("custom").targets(target(streamArn())));
    put(overHttp, "my.app", "{\"id\":\"k1\"}");

    assertThat(overHttp.listRules(r -> r.namePrefix("cus")).rules())
        .extracting(Rule::name)
        .containsExactly("custom");
    assertThat(overHttp.listTargetsByRule(r -> r.rule("custom")).targets())
        .containsExactly(target(streamArn()));
    overHttp.disableRule(r -> r.name("custom"));
    put(overHttp, "my.app", "{\"id\":\"k2\"}");
    assertThat(overHttp.describeRule(r -> r.name("custom")).state()).isEqualTo(RuleState.DISABLED);
    overHttp.enableRule(r -> r.name("custom"));
    put(overHttp, "my.app", "{\"id\":\"k3\"}");
    assertThatThrownBy(() -> overHttp.deleteRule(r -> r.name("custom")))
        .hasMessageContaining("targets");
    overHttp.removeTargets(r -> r.rule("custom").ids("t"));
    overHttp.deleteRule(r -> r.name("custom"));
    put(overHttp, "my.app", "{\"id\":\"k4\"}");

    assertThat(aws.kinesis().records("s"))
        .extracting(StoredRecord::partitionKey)
        .containsExactly("k1", "k3");
    assertThatThrownBy(() -> overHttp.describeRule(r -> r.name("custom")))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThat(aws.calls().refusedAsUnsupported()).isEmpty();
  }

  @Test
  void addsTheEnvelopeToACustomEvent() {
    aws.eventBridge().putRule("r", "{\"source\":[\"my.app\"]}", streamArn(), Optional.empty());
    PutEventsResponse answer =
        inProcess.putEvents(
            r ->
                r.entries(
                    entry("my.app", "{\"a\":1}").toBuilder()
                        .resources("arn:x")
                        .time(Instant.parse("2025-05-05T05:05:05Z"))
                        .build()));
    JsonNode event = json(aws.kinesis().records("s").getFirst().data());

    assertThat(event.path("id").asText()).isEqualTo(answer.entries().getFirst().eventId());
    assertThat(event.path("account").asText()).isEqualTo("111122223333");
    assertThat(event.path("region").asText()).isEqualTo("us-east-1");
    assertThat(event.path("time").asText()).isEqualTo("2025-05-05T05:05:05Z");
    assertThat(event.path("detail-type").asText()).isEqualTo("thing");
    assertThat(event.path("resources").path(0).asText()).isEqualTo("arn:x");
    assertThat(event.path("detail").path("a").asInt()).isEqualTo(1);
  }

  @Test
  void rejectsEntriesIndividually() {
    aws.eventBridge().putRule("r", "{\"detail-type\":[\"thing\"]}", streamArn(), Optional.empty());
    PutEventsResponse answer =
        overHttp.putEvents(
            r ->
                r.entries(
                    entry("aws.ec2", "{}"),
                    entry("my.app", "{}"),
                    entry("my.app", "not json"),
                    entry("", "{}")));

    assertThat(answer.failedEntryCount()).isEqualTo(3);
    assertThat(answer.entries())
        .extracting(PutEventsResultEntry::errorCode)
        .containsExactly(
            "NotAuthorizedForSourceException", null, "MalformedDetail", "InvalidArgument");
    assertThat(aws.kinesis().records("s")).hasSize(1);
  }

  @Test
  void rejectsPatternsThatEventRulerRejects() {
    assertThatThrownBy(() -> overHttp.putRule(r -> r.name("r").eventPattern("{\"source\":\"x\"}")))
        .isInstanceOf(InvalidEventPatternException.class);
    assertThatThrownBy(
            () -> aws.eventBridge().putRule("r", "nonsense", streamArn(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void forwardsAConstantInputWithTheEventsPartitionKey() {
    overHttp.putRule(r -> r.name("r").eventPattern(RUNNING));
    Target constant =
        target(streamArn()).toBuilder()
            .kinesisParameters(k -> k.partitionKeyPath("$.detail.instance-id"))
            .input("{\"constant\":true}")
            .build();
    overHttp.putTargets(r -> r.rule("r").targets(constant));
    aws.eventBridge().putAwsEvent(stateChange("i-1", "running"));

    assertThat(aws.kinesis().records("s"))
        .extracting(StoredRecord::partitionKey, record -> new String(record.data(), UTF_8))
        .containsExactly(tuple("i-1", "{\"constant\":true}"));
  }

  @Test
  void reportsUnsupportedFeatures() {
    overHttp.putRule(r -> r.name("r").eventPattern(RUNNING));
    List<Runnable> calls =
        List.of(
            () -> overHttp.putRule(r -> r.name("r").scheduleExpression("rate(1 day)")),
            () -> overHttp.putTargets(r -> r.rule("r").targets(target("arn:aws:sqs:x:y:z"))),
            () ->
                overHttp.putTargets(
                    r ->
                        r.rule("r")
                            .targets(
                                target(streamArn()).toBuilder()
                                    .kinesisParameters(k -> k.partitionKeyPath("$.resources[0]"))
                                    .build())),
            () -> overHttp.createEventBus(r -> r.name("b")));
    calls.forEach(call -> assertThatThrownBy(call::run).isInstanceOf(EventBridgeException.class));

    assertThat(aws.calls().refusedAsUnsupported())
        .containsExactly(
            "events PutRule: parameter ScheduleExpression",
            "events PutTargets: target arn:aws:sqs:x:y:z, which is not a stream of this emulator",
            "events PutTargets: JSON path $.resources[0], which is not in dot notation",
            "events CreateEventBus: the action");
  }

  private String streamArn() {
    return aws.kinesis().streamArn("s");
  }

  private static Target target(String arn) {
    return Target.builder()
        .id("t")
        .arn(arn)
        .kinesisParameters(k -> k.partitionKeyPath("$.detail.id"))
        .build();
  }

  private static void put(EventBridgeClient client, String source, String detail) {
    assertThat(client.putEvents(r -> r.entries(entry(source, detail))).failedEntryCount()).isZero();
  }

  private static PutEventsRequestEntry entry(String source, String detail) {
    return PutEventsRequestEntry.builder()
        .source(source)
        .detailType("thing")
        .detail(detail)
        .build();
  }

  private static String stateChange(String instance, String state) {
    return """
    {"version": "0", "id": "id-of-%s", "source": "aws.ec2", "account": "111122223333",
     "detail-type": "EC2 Instance State-change Notification", "region": "us-east-1",
     "time": "2026-01-01T12:00:00Z", "resources": [],
     "detail": {"instance-id": "%s", "state": "%s"}}
    """
        .formatted(instance, instance, state);
  }

  private static JsonNode json(byte[] data) {
    try {
      return new ObjectMapper().readTree(data);
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }
}
