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
 * A Java handler as Lambda's Java runtime runs it: with the runtime's own serialisers and a
 * context. May be invoked concurrently as far as the handler may.
 */
public final class HandlerFunction implements LambdaFunction {

  private final RequestHandler<KinesisEvent, StreamsEventResponse> handler;
  private final InstantSource clock;
  private final Consumer<String> log;
  // Dear to make, and safe to share: Lambda's runtime has one for the life of the process.
  private static final PojoSerializer<KinesisEvent> EVENTS =
      LambdaEventSerializers.serializerFor(
          KinesisEvent.class, HandlerFunction.class.getClassLoader());
  private static final PojoSerializer<StreamsEventResponse> ANSWERS =
      JacksonFactory.getInstance().getSerializer(StreamsEventResponse.class);

  /**
   * Wraps a handler.
   *
   * @param clock what the remaining time is told by; should be embedded AWS's
   * @param log gets what the handler logs through its context
   */
  public HandlerFunction(
      RequestHandler<KinesisEvent, StreamsEventResponse> handler,
      InstantSource clock,
      Consumer<String> log) {
    this.handler = handler;
    this.clock = clock;
    this.log = log;
  }

  /** The same with a log that nobody reads. */
  public HandlerFunction(
      RequestHandler<KinesisEvent, StreamsEventResponse> handler, InstantSource clock) {
    this(handler, clock, line -> {});
  }

  /** Whatever the handler throws, errors too, is a failed invocation, as in Lambda's runtime. */
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
