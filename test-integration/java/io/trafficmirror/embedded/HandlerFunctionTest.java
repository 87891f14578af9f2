package io.trafficmirror.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HandlerFunctionTest {

  private final MovableClock clock = MovableClock.atNoon();
  private final EmbeddedAws aws =
      EmbeddedAws.inProcess(EmbeddedOptions.defaults().withClock(clock));
  private final List<KinesisEventRecord> seen = new ArrayList<>();

  @Test
  void passesTheRecordAsTheRuntimeDeserializesIt() {
    clock.move(Duration.ofMillis(987));
    String number = run(this::remember, "hällo");
    KinesisEventRecord record = seen.getFirst();

    assertThat(record.getEventSource()).isEqualTo("aws:kinesis");
    assertThat(record.getEventName()).isEqualTo("aws:kinesis:record");
    assertThat(record.getEventVersion()).isEqualTo("1.0");
    assertThat(record.getEventID()).isEqualTo("shardId-000000000000:" + number);
    assertThat(record.getAwsRegion()).isEqualTo("us-east-1");
    assertThat(record.getEventSourceARN()).isEqualTo(aws.kinesis().streamArn("s"));
    assertThat(record.getKinesis().getKinesisSchemaVersion()).isEqualTo("1.0");
    assertThat(record.getKinesis().getPartitionKey()).isEqualTo("k");
    assertThat(record.getKinesis().getSequenceNumber()).isEqualTo(number);
    assertThat(UTF_8.decode(record.getKinesis().getData()).toString()).isEqualTo("hällo");
    assertThat(record.getKinesis().getApproximateArrivalTimestamp().toInstant())
        .isEqualTo(clock.instant());
  }

  @Test
  void passesAPartialResponseToTheMapping() {
    aws.kinesis().createStream("s", 1);
    aws.kinesis().put("s", "k", "r0".getBytes(UTF_8));
    String second = aws.kinesis().put("s", "k", "r1".getBytes(UTF_8));
    List<String> left = new ArrayList<>(List.of(second));
    EventSourceMapping mapping =
        mapping(
            (event, context) -> {
              List<BatchItemFailure> items = left.stream().map(BatchItemFailure::new).toList();
              left.clear();
              return new StreamsEventResponse(items);
            });
    mapping.drain(2);

    assertThat(mapping.deliveries())
        .extracting(Delivered::outcome)
        .containsExactly("from " + second, "ok");
  }

  @Test
  @SuppressWarnings("NullAway") // This tests a handler that returns null.
  void aNullResponseMeansSuccess() {
    aws.kinesis().createStream("s", 1);
    aws.kinesis().put("s", "k", "r0".getBytes(UTF_8));

    assertThat(mapping((event, context) -> null).drain(1)).isEqualTo(1);
  }

  @Test
  void anyThrowableOfTheHandlerIsAFailedInvocation() {
    RequestHandler<KinesisEvent, StreamsEventResponse> handler =
        (event, context) -> {
          throw new ExceptionInInitializerError("broken");
        };
    LambdaFunction.Result result =
        new HandlerFunction(handler, clock)
            .invoke("{\"Records\":[]}".getBytes(UTF_8), "id", Duration.ofSeconds(1));

    assertThat(result)
        .isEqualTo(
            new LambdaFunction.Result.Failed("java.lang.ExceptionInInitializerError", "broken"));
  }

  @Test
  void theContextMeasuresTheRemainingTimeOnTheClock() {
    List<Integer> remaining = new ArrayList<>();
    List<String> log = new ArrayList<>();
    RequestHandler<KinesisEvent, StreamsEventResponse> handler =
        (event, context) -> {
          remaining.add(context.getRemainingTimeInMillis());
          clock.move(Duration.ofMillis(400));
          remaining.add(context.getRemainingTimeInMillis());
          clock.move(Duration.ofDays(1));
          remaining.add(context.getRemainingTimeInMillis());
          context
              .getLogger()
              .log(context.getAwsRequestId() + " " + context.getInvokedFunctionArn());
          return new StreamsEventResponse(List.of());
        };
    new HandlerFunction(handler, clock, log::add)
        .invoke("{\"Records\":[]}".getBytes(UTF_8), "id-1", Duration.ofSeconds(1));

    assertThat(remaining).containsExactly(1000, 600, 0);
    assertThat(log)
        .containsExactly("id-1 arn:aws:lambda:us-east-1:111122223333:function:traffic-mirror:live");
  }

  private String run(RequestHandler<KinesisEvent, StreamsEventResponse> handler, String payload) {
    aws.kinesis().createStream("s", 1);
    String number = aws.kinesis().put("s", "k", payload.getBytes(UTF_8));
    mapping(handler).drain(1);
    return number;
  }

  private EventSourceMapping mapping(RequestHandler<KinesisEvent, StreamsEventResponse> handler) {
    return new EventSourceMapping(
        aws, "s", MappingSettings.defaults(), new HandlerFunction(handler, clock));
  }

  private StreamsEventResponse remember(KinesisEvent event, Context context) {
    seen.addAll(event.getRecords());
    return new StreamsEventResponse(List.of());
  }
}
