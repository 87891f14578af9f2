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
 * A deployment whose shard lanes and environments run by one clock. Events reach the stream through
 * rules of EventBridge.
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
 *   world.awaitRest(Duration.ofHours(1));            // or clock.sleep(...), world.functions().killAny()
 *   world.stop();
 *   return fleet.withoutSession();
 * });
 * </pre>
 *
 * <p>Faults, latencies, throttles, read lag and duplicate events are off until a test turns them
 * on. On a {@link io.trafficmirror.embedded.VirtualClock} one thread runs at a time and the same
 * seed gives the same run, so every thread must wait by that clock only. A killed process dies in
 * its current wait: a call under way has had its effect or has not. Not safe for use by threads
 * that do not play by the clock.
 */
public final class RunningDeployment extends Deployment {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

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

  /** A deployment that does not run yet. */
  public static RunningDeployment create(SharedClock clock, DeploymentOptions options) {
    EmbeddedAws aws = EmbeddedAws.inProcess(options.embedded(clock));
    return new RunningDeployment(clock, options, aws, false);
  }

  /**
   * One whose AWS also listens on the loopback interface, for callers outside this process. They
   * may call while nobody plays by the clock, and only while calls take no time.
   */
  public static RunningDeployment createListening(SharedClock clock, DeploymentOptions options) {
    EmbeddedAws aws = EmbeddedAws.start(options.embedded(clock));
    return new RunningDeployment(clock, options, aws, false);
  }

  /** One whose environments call that AWS over HTTP, by the SDK's standard settings. */
  public static RunningDeployment overHttp(
      SharedClock clock, DeploymentOptions options, EmbeddedAws aws) {
    return new RunningDeployment(clock, options, aws, true);
  }

  @Override
  AwsCloud open(CallMeter meter, Time time) {
    return overHttp ? AwsCloud.open(meter, time) : super.open(meter, time);
  }

  /** The clock of everything. */
  public SharedClock clock() {
    return clock;
  }

  /** The function's environments. */
  public Functions functions() {
    return functions;
  }

  /** Lambda's side of the stream. */
  public EventSourceMapping mapping() {
    return mapping;
  }

  /** From now on the stream is read, as slowly as Lambda does it. */
  public void start() {
    mapping.start(Polling.asLambda(clock));
  }

  /** Ends the reading; invocations under way have some seconds to end. */
  public void stop() {
    mapping.close();
  }

  /**
   * Waits until nothing is unread, under way or given back.
   *
   * @param patience how long at most
   * @return whether it came to rest
   */
  public boolean awaitRest(Duration patience) throws InterruptedException {
    Instant end = clock.instant().plus(patience);
    while (!mapping.idle()) {
      if (clock.instant().isAfter(end)) {
        return false;
      }
      clock.sleep(BETWEEN_LOOKS);
    }
    return true;
  }

  /** EC2 says that an instance runs now. */
  public void announceLaunch(String instance) {
    aws().eventBridge().putAwsEvent(Events.launched(instance, clock.instant()));
  }

  /** GuardDuty reports an instance. */
  public void announceFinding(String instance) {
    announceFinding(instance, AwsEvent.Finding.PLAIN);
  }

  /** GuardDuty reports an instance, in one of these ways. */
  public void announceFinding(String instance, AwsEvent.Finding finding) {
    aws().eventBridge().putAwsEvent(Events.found(instance, finding, clock.instant()));
  }
}
