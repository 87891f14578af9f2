package io.trafficmirror.harness;

import io.trafficmirror.embedded.Ec2Options;
import io.trafficmirror.embedded.EmbeddedOptions;
import io.trafficmirror.embedded.MappingSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * The options of a deployment on embedded AWS.
 *
 * @param seed of everything that looks random
 * @param shards of the stream
 * @param mapping how Lambda reads it
 * @param ec2 how embedded EC2 behaves where AWS does not say, and its quotas
 * @param policy the mirror policy, YAML
 * @param environment more of the function's environment variables
 * @param coldStart how long a new environment takes until it is initialised, beside its calls
 */
public record DeploymentOptions(
    long seed,
    int shards,
    MappingSettings mapping,
    Ec2Options ec2,
    String policy,
    Map<String, String> environment,
    Duration coldStart) {

  /** Copies the environment. */
  public DeploymentOptions {
    environment = Map.copyOf(environment);
  }

  /**
   * What Terraform applies unless told otherwise (variables {@code batching} and {@code function}),
   * one shard, a policy for {@link SourceFleet}, and half a second for a cold start.
   */
  public static DeploymentOptions asShipped() {
    return new DeploymentOptions(
        1,
        1,
        MappingSettings.defaults()
            .withBatchSize(100)
            .withBatchingWindow(Duration.ofSeconds(1))
            .withParallelizationFactor(10)
            .withMaximumRecordAge(Duration.ofHours(6))
            .withFunctionTimeout(Duration.ofSeconds(300))
            .withFailureBucket(Deployment.FAILURES),
        Ec2Options.defaults(),
        SourceFleet.POLICY,
        Map.of(),
        Duration.ofMillis(500));
  }

  /** One shard, and the defaults of the mapping and of embedded EC2. */
  public static DeploymentOptions of(String policy) {
    return new DeploymentOptions(
        1, 1, MappingSettings.defaults(), Ec2Options.defaults(), policy, Map.of(), Duration.ZERO);
  }

  /** The AWS of such a deployment. */
  EmbeddedOptions embedded(InstantSource clock) {
    return EmbeddedOptions.defaults().withSeed(seed).withClock(clock).withEc2(ec2);
  }

  /** The same with another seed. */
  public DeploymentOptions withSeed(long value) {
    return new DeploymentOptions(value, shards, mapping, ec2, policy, environment, coldStart);
  }

  /** The same with another number of shards. */
  public DeploymentOptions withShards(int value) {
    return new DeploymentOptions(seed, value, mapping, ec2, policy, environment, coldStart);
  }

  /** The same with another way to read the stream. */
  public DeploymentOptions withMapping(MappingSettings value) {
    return new DeploymentOptions(seed, shards, value, ec2, policy, environment, coldStart);
  }

  /** The same with another EC2. */
  public DeploymentOptions withEc2(Ec2Options value) {
    return new DeploymentOptions(seed, shards, mapping, value, policy, environment, coldStart);
  }

  /** The same with another policy. */
  public DeploymentOptions withPolicy(String value) {
    return new DeploymentOptions(seed, shards, mapping, ec2, value, environment, coldStart);
  }

  /** The same with these environment variables beside those that are always there. */
  public DeploymentOptions withEnvironment(Map<String, String> value) {
    return new DeploymentOptions(seed, shards, mapping, ec2, policy, value, coldStart);
  }
}
