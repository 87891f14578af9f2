package io.trafficmirror.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.StreamRecord;
import io.trafficmirror.reconcile.BatchProcessor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The entry point that Lambda calls with a batch of the stream. It returns the sequence number of
 * the first record to retry, or nothing if the whole batch is done. Lambda delivers that record and
 * all later ones again, which is harmless.
 *
 * <p>The constructor does not throw if the settings, AWS or the policy are at fault. Each batch
 * tries to initialise again, and is retried as a whole until that succeeds. Settings are read only
 * once.
 */
public final class StreamHandler implements RequestHandler<KinesisEvent, StreamsEventResponse> {

  /** Time reserved at the end of an invocation for returning the response. */
  static final Duration ANSWER_TIME = Duration.ofSeconds(1);

  /**
   * The time limit of the initialisation in the constructor. Lambda allows ten seconds, or more
   * when it prepares a snapshot.
   */
  static final Duration INITIALISATION_TIME = Duration.ofSeconds(8);

  private final Host host;
  private final JsonLines lines;
  private final Metrics metrics;
  private final LogTelemetry telemetry;
  private final Startup startup;

  /** Keeps the hooks reachable, because CRaC references them only weakly. */
  @SuppressWarnings("UnusedVariable")
  private final Optional<Snapshot> snapshot;

  private Startup.Result state;

  /** Called by Lambda. */
  public StreamHandler() {
    this(LambdaHost.create());
  }

  /** Creates a handler that runs on the given host. */
  public StreamHandler(Host host) {
    this.host = host;
    this.lines = new JsonLines(host.lines());
    Settings.Result settings = Settings.read(host.environment());
    switch (settings) {
      case Settings.Result.Valid(Settings valid) -> {
        this.metrics = new Metrics(valid.metricsNamespace(), valid.deployment());
        this.telemetry =
            new LogTelemetry(lines, metrics, valid.logLevel(), valid.dryRun(), host.time());
      }
      case Settings.Result.Invalid ignored -> {
        this.metrics = Metrics.ofInvalidSettings(host.environment());
        this.telemetry =
            new LogTelemetry(lines, metrics, Settings.LogLevel.INFO, false, host.time());
      }
    }
    this.startup = new Startup(host, lines, settings, telemetry, metrics);
    this.state =
        start(startup, new Deadline(host.time().now().plus(INITIALISATION_TIME), host.time()));
    this.snapshot = Snapshot.expect(host.environment(), startup);
  }

  private Startup.Result start(Startup startup, Deadline deadline) {
    Startup.Result result = startup.run(deadline);
    if (result instanceof Startup.Result.NotReady(String what, List<String> why)) {
      telemetry.notReady(Map.of("what", what, "why", String.join("; ", why)));
    }
    metrics.flush(host.time().now(), lines);
    return result;
  }

  @Override
  public StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
    Duration left = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(ANSWER_TIME);
    Deadline deadline = new Deadline(host.time().now().plus(left), host.time());
    List<StreamRecord> records = Records.of(event, host.time().now());
    if (state instanceof Startup.Result.NotReady) {
      state = start(startup, deadline);
    }
    return switch (state) {
      case Startup.Result.Ready(BatchProcessor processor) -> process(processor, records, deadline);
      case Startup.Result.NotReady ignored ->
          answer(records.stream().findFirst().map(StreamRecord::sequenceNumber));
    };
  }

  private StreamsEventResponse process(
      BatchProcessor processor, List<StreamRecord> records, Deadline deadline) {
    try {
      return answer(processor.process(records, deadline));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted: the whole batch must be retried", e);
    } finally {
      metrics.flush(host.time().now(), lines);
    }
  }

  /**
   * Builds the response. No sequence number means success; an empty one, which occurs only if
   * Lambda's own event lacks it, makes Lambda retry the whole batch.
   */
  private static StreamsEventResponse answer(Optional<String> retryFrom) {
    return StreamsEventResponse.builder()
        .withBatchItemFailures(retryFrom.map(BatchItemFailure::new).stream().toList())
        .build();
  }
}
