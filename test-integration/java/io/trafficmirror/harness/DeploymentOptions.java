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
 * @param seed the random seed
 * @param shards the number of shards of the stream
 * @param mapping the settings of the event source mapping
 * @param ec2 the quotas of embedded EC2, and its behaviour where AWS documents none
 * @param policy the mirror policy, YAML
 * @param environment additional environment variables of the function
 * @param coldStart the initialisation time of a new environment, without its AWS calls
 */
public record DeploymentOptions(
    long seed,
    int shards,
    MappingSettings mapping,
    Ec2Options ec2,
    String policy,
    Map<String, String> environment,
    Duration coldStart) {

  public DeploymentOptions {
    environment = Map.copyOf(environment);
  }

  /**
   * The Terraform defaults (variables {@code batching} and {@code function}), one shard, the policy
   * of {@link SourceFleet} and a cold start of 500 ms.
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

  /** One shard, with the default settings of the mapping and of embedded EC2. */
  public static DeploymentOptions of(String policy) {
    return new DeploymentOptions(
        1, 1, MappingSettings.defaults(), Ec2Options.defaults(), policy, Map.of(), Duration.ZERO);
  }

  /** The matching options for embedded AWS. */
  EmbeddedOptions embedded(InstantSource clock) {
    return EmbeddedOptions.defaults().withSeed(seed).withClock(clock).withEc2(ec2);
  }

  /** Copies these options with this seed. */
  public DeploymentOptions withSeed(long value) {
    return new DeploymentOptions(value, shards, mapping, ec2, policy, environment, coldStart);
  }

  /** Copies these options with this number of shards. */
  public DeploymentOptions withShards(int value) {
    return new DeploymentOptions(seed, value, mapping, ec2, policy, environment, coldStart);
  }

  /** Copies these options with these settings of the event source mapping. */
  public DeploymentOptions withMapping(MappingSettings value) {
    return new DeploymentOptions(seed, shards, value, ec2, policy, environment, coldStart);
  }

  /** Copies these options with these EC2 options. */
  public DeploymentOptions withEc2(Ec2Options value) {
    return new DeploymentOptions(seed, shards, mapping, value, policy, environment, coldStart);
  }

  /** Copies these options with this policy. */
  public DeploymentOptions withPolicy(String value) {
    return new DeploymentOptions(seed, shards, mapping, ec2, value, environment, coldStart);
  }

  /** Copies these options with these additional environment variables. */
  public DeploymentOptions withEnvironment(Map<String, String> value) {
    return new DeploymentOptions(seed, shards, mapping, ec2, policy, value, coldStart);
  }
}
