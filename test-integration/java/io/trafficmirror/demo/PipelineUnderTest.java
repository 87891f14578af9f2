package io.trafficmirror.demo;

import io.trafficmirror.aws.AwsCloud;
import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.EventSourceMapping;
import io.trafficmirror.embedded.HandlerFunction;
import io.trafficmirror.embedded.LambdaFunction;
import io.trafficmirror.embedded.MappingSettings;
import io.trafficmirror.lambda.Host;
import io.trafficmirror.lambda.Settings;
import io.trafficmirror.lambda.StreamHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The product as it runs in Lambda: the real handler behind an event source mapping, in as many
 * environments as there are batches under way at once. It speaks to embedded AWS over HTTP, by the
 * SDK's standard settings.
 */
final class PipelineUnderTest implements AutoCloseable {

  /** The name of the deployment, which is on everything that it makes. */
  static final String DEPLOYMENT = "demo";

  private static final String POLICY_BUCKET = "traffic-mirror-pipeline-policy";
  private static final String POLICY_KEY = "policy.yaml";

  private final HandlerLog log = new HandlerLog();
  private final ExecutorService writes = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentLinkedDeque<HandlerFunction> idleEnvironments =
      new ConcurrentLinkedDeque<>();
  private final SdkSettings sdk;
  private final Host host;
  private final EventSourceMapping mapping;

  private PipelineUnderTest(EmbeddedAws aws, boolean dryRun) {
    this.sdk = SdkSettings.pointAt(aws.endpoint(), aws.region());
    this.host =
        new Host(
            Map.of(
                Settings.DEPLOYMENT,
                DEPLOYMENT,
                Settings.POLICY_BUCKET,
                POLICY_BUCKET,
                Settings.POLICY_KEY,
                POLICY_KEY,
                Settings.FAILURE_BUCKET,
                World.BUCKET,
                Settings.DRY_RUN,
                Boolean.toString(dryRun)),
            new WallClock(),
            log::accept,
            AwsCloud::open,
            writes);
    this.mapping =
        new EventSourceMapping(aws, World.STREAM, dryRun ? oneLane() : defaults(), this::invoke);
  }

  private static MappingSettings defaults() {
    return MappingSettings.defaults().withFailureBucket(World.BUCKET);
  }

  /**
   * In a dry run EC2 does not show what was done before; an environment remembers it, so there has
   * to be one environment only.
   */
  private static MappingSettings oneLane() {
    return defaults().withParallelizationFactor(1);
  }

  /** Gives it its policy and lets it read the stream from now on. */
  static PipelineUnderTest start(EmbeddedAws aws, String policy, boolean dryRun) {
    aws.s3().createBucket(POLICY_BUCKET);
    aws.s3().put(POLICY_BUCKET, POLICY_KEY, policy.getBytes(StandardCharsets.UTF_8));
    PipelineUnderTest pipeline = new PipelineUnderTest(aws, dryRun);
    pipeline.mapping.start();
    return pipeline;
  }

  /** An environment works on one batch at a time, as in Lambda. */
  private LambdaFunction.Result invoke(byte[] event, String requestId, Duration timeout) {
    HandlerFunction free = idleEnvironments.pollFirst();
    HandlerFunction environment =
        free == null ? new HandlerFunction(new StreamHandler(host), InstantSource.system()) : free;
    try {
      return environment.invoke(event, requestId, timeout);
    } finally {
      idleEnvironments.addFirst(environment);
    }
  }

  /** Whether nothing is unread and nothing is being retried. */
  boolean idle() {
    return mapping.idle();
  }

  /** How many records the event source mapping has given up. */
  int dropped() {
    return mapping.dropped();
  }

  /** What the function has said. */
  HandlerLog log() {
    return log;
  }

  @Override
  public void close() {
    mapping.close();
    writes.close();
    sdk.close();
  }
}
