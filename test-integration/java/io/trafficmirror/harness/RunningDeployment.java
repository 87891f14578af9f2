package io.trafficmirror.harness;

import io.trafficmirror.aws.AwsCloud;
import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.EventSourceMapping;
import io.trafficmirror.embedded.Polling;
import io.trafficmirror.embedded.SharedClock;
import io.trafficmirror.port.CallMeter;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A deployment whose shard lanes and environments share one clock. Events reach the stream through
 * EventBridge rules.
 *
 * <pre>
 * VirtualClock clock = new VirtualClock();           // or new SystemClock(), which does not jump
 * RunningDeployment world =
 *     RunningDeployment.create(clock, DeploymentOptions.asShipped().withSeed(7));
 * world.aws().ec2().throttles().asDocumented();      // EC2's token buckets: 503 RequestLimitExceeded
 * world.aws().latencies().typical();
 * SourceFleet fleet = SourceFleet.of(world, 1_000);
 * clock.run(() -> {
 *   world.start();
 *   world.backfill("run-1", 200);
 *   world.awaitIdle(Duration.ofHours(1));            // or clock.sleep(...), world.functions().killAny()
 *   world.stop();
 *   return fleet.withoutSession();
 * });
 * </pre>
 *
 * <p>Faults, latencies, throttles, read lag and duplicate events are off by default. On a {@link
 * io.trafficmirror.embedded.VirtualClock} only one thread runs at a time and runs with the same
 * seed are identical, so threads must wait on that clock only. A killed process ends in its current
 * wait, so a pending call may or may not have had its effect. Not safe for use by threads that do
 * not use the clock.
 */
public final class RunningDeployment extends Deployment {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

  private final SharedClock clock;
  private final boolean overHttp;
  private final Functions functions;
  private final EventSourceMapping mapping;

  private RunningDeployment(
      SharedClock clock, DeploymentOptions options, EmbeddedAws aws, boolean overHttp) {
    super(aws, clock, new ClockTime(clock), options);
    this.clock = clock;
    this.overHttp = overHttp;
    String streamArn = aws.kinesis().streamArn(STREAM);
    aws.eventBridge()
        .putRule("launches", Events.launchPattern(), streamArn, Optional.of(Events.LAUNCH_KEY));
    aws.eventBridge()
        .putRule("findings", Events.findingPattern(), streamArn, Optional.of(Events.FINDING_KEY));
    this.functions =
        new Functions(
            () -> new Environment(this, clock.executor()),
            clock,
            options.coldStart(),
            options.seed());
    this.mapping = new EventSourceMapping(aws, STREAM, options.mapping(), functions);
  }

  /** Creates a deployment that does not read the stream yet. */
  public static RunningDeployment create(SharedClock clock, DeploymentOptions options) {
    EmbeddedAws aws = EmbeddedAws.inProcess(options.embedded(clock));
    return new RunningDeployment(clock, options, aws, false);
  }

  /**
   * Creates a deployment whose embedded AWS also listens on the loopback interface, for callers
   * outside this process. Such calls are allowed only while no thread uses the clock, and only if
   * calls take no time.
   */
  public static RunningDeployment createListening(SharedClock clock, DeploymentOptions options) {
    EmbeddedAws aws = EmbeddedAws.start(options.embedded(clock));
    return new RunningDeployment(clock, options, aws, false);
  }

  /**
   * Creates a deployment whose environments call this embedded AWS over HTTP, configured through
   * the standard SDK settings.
   */
  public static RunningDeployment overHttp(
      SharedClock clock, DeploymentOptions options, EmbeddedAws aws) {
    return new RunningDeployment(clock, options, aws, true);
  }

  @Override
  AwsCloud open(CallMeter meter, Time time) {
    return overHttp ? AwsCloud.open(meter, time) : super.open(meter, time);
  }

  /** The clock that all parts share. */
  public SharedClock clock() {
    return clock;
  }

  /** The function's execution environments. */
  public Functions functions() {
    return functions;
  }

  /** The event source mapping. */
  public EventSourceMapping mapping() {
    return mapping;
  }

  /** Starts reading the stream, at Lambda's polling rate. */
  public void start() {
    mapping.start(Polling.asLambda(clock));
  }

  /** Stops reading the stream; running invocations have a few seconds to end. */
  public void stop() {
    mapping.close();
  }

  /**
   * Waits until no record is unread, in progress or awaiting a retry.
   *
   * @param patience the maximum wait
   * @return false if the maximum was reached
   */
  public boolean awaitIdle(Duration patience) throws InterruptedException {
    Instant end = clock.instant().plus(patience);
    while (!mapping.idle()) {
      if (clock.instant().isAfter(end)) {
        return false;
      }
      clock.sleep(POLL_INTERVAL);
    }
    return true;
  }

  /** Publishes the EC2 event that an instance is running. */
  public void announceLaunch(String instance) {
    aws().eventBridge().putAwsEvent(Events.launched(instance, clock.instant()));
  }

  /** Publishes a GuardDuty finding about an instance. */
  public void announceFinding(String instance) {
    announceFinding(instance, AwsEvent.Finding.PLAIN);
  }

  /** Publishes a GuardDuty finding of this kind about an instance. */
  public void announceFinding(String instance, AwsEvent.Finding finding) {
    aws().eventBridge().putAwsEvent(Events.found(instance, finding, clock.instant()));
  }
}
