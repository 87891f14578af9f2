package io.trafficmirror.embedded;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Runs a Java handler as Lambda's Java runtime does, with the runtime's own serializers and a
 * context. As concurrent as the handler.
 */
public final class HandlerFunction implements LambdaFunction {

  private final RequestHandler<KinesisEvent, StreamsEventResponse> handler;
  private final InstantSource clock;
  private final Consumer<String> log;
  // Expensive to create and safe to share; Lambda's runtime also keeps one per process.
  private static final PojoSerializer<KinesisEvent> EVENTS =
      LambdaEventSerializers.serializerFor(
          KinesisEvent.class, HandlerFunction.class.getClassLoader());
  private static final PojoSerializer<StreamsEventResponse> ANSWERS =
      JacksonFactory.getInstance().getSerializer(StreamsEventResponse.class);

  /**
   * Wraps a handler.
   *
   * @param clock measures the remaining time; should be embedded AWS's clock
   * @param log receives what the handler logs through its context
   */
  public HandlerFunction(
      RequestHandler<KinesisEvent, StreamsEventResponse> handler,
      InstantSource clock,
      Consumer<String> log) {
    this.handler = handler;
    this.clock = clock;
    this.log = log;
  }

  /** Wraps a handler and ignores its log. */
  public HandlerFunction(
      RequestHandler<KinesisEvent, StreamsEventResponse> handler, InstantSource clock) {
    this(handler, clock, line -> {});
  }

  /** Any exception or error of the handler is a failed invocation, as in Lambda's runtime. */
  @Override
  @SuppressWarnings("CatchingUnchecked")
  public Result invoke(byte[] event, String requestId, Duration timeout) {
    LambdaContext context = new LambdaContext(requestId, clock, clock.instant().plus(timeout), log);
    try {
      KinesisEvent read = EVENTS.fromJson(new ByteArrayInputStream(event));
      StreamsEventResponse answer = handler.handleRequest(read, context);
      ByteArrayOutputStream json = new ByteArrayOutputStream();
      ANSWERS.toJson(answer, json);
      return new Result.Returned(json.toByteArray());
    } catch (Throwable thrown) {
      return new Result.Failed(thrown.getClass().getName(), String.valueOf(thrown.getMessage()));
    }
  }
}
