package io.trafficmirror.pressure;

import io.trafficmirror.embedded.Ec2Options;
import io.trafficmirror.embedded.MappingSettings;
import java.time.Duration;
import java.util.Map;

/**
 * What one world is.
 *
 * @param seed of everything that looks random
 * @param shards of the stream
 * @param mapping how Lambda reads it
 * @param ec2 how embedded EC2 behaves where AWS does not say, and its quotas
 * @param policy the mirror policy, YAML
 * @param environment more of the function's environment variables
 * @param coldStart how long a new environment takes until it is initialised, beside its calls
 */
public record PressureOptions(
    long seed,
    int shards,
    MappingSettings mapping,
    Ec2Options ec2,
    String policy,
    Map<String, String> environment,
    Duration coldStart) {

  /** Copies the environment. */
  public PressureOptions {
    environment = Map.copyOf(environment);
  }

  /**
   * What Terraform applies unless told otherwise (variables {@code batching} and {@code function}),
   * one shard, a policy for {@link SourceFleet}, and half a second for a cold start.
   */
  public static PressureOptions asShipped() {
    return new PressureOptions(
        1,
        1,
        MappingSettings.defaults()
            .withBatchSize(100)
            .withBatchingWindow(Duration.ofSeconds(1))
            .withParallelizationFactor(10)
            .withMaximumRecordAge(Duration.ofHours(6))
            .withFunctionTimeout(Duration.ofSeconds(300))
            .withFailureBucket(PressureWorld.FAILURES),
        Ec2Options.defaults(),
        SourceFleet.POLICY,
        Map.of(),
        Duration.ofMillis(500));
  }

  /** The same with another seed. */
  public PressureOptions withSeed(long value) {
    return new PressureOptions(value, shards, mapping, ec2, policy, environment, coldStart);
  }

  /** The same with another number of shards. */
  public PressureOptions withShards(int value) {
    return new PressureOptions(seed, value, mapping, ec2, policy, environment, coldStart);
  }

  /** The same with another way to read the stream. */
  public PressureOptions withMapping(MappingSettings value) {
    return new PressureOptions(seed, shards, value, ec2, policy, environment, coldStart);
  }

  /** The same with another EC2. */
  public PressureOptions withEc2(Ec2Options value) {
    return new PressureOptions(seed, shards, mapping, value, policy, environment, coldStart);
  }

  /** The same with another policy. */
  public PressureOptions withPolicy(String value) {
    return new PressureOptions(seed, shards, mapping, ec2, value, environment, coldStart);
  }

  /** The same with these environment variables beside those that are always there. */
  public PressureOptions withEnvironment(Map<String, String> value) {
    return new PressureOptions(seed, shards, mapping, ec2, policy, value, coldStart);
  }
}
