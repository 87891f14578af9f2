package io.trafficmirror.artefact;

import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.EmbeddedOptions;
import io.trafficmirror.embedded.InstanceSeed;
import io.trafficmirror.embedded.KinesisEventJson;
import io.trafficmirror.embedded.StoredRecord;
import io.trafficmirror.function.FunctionSettings;
import io.trafficmirror.harness.Events;
import io.trafficmirror.harness.FleetSpec;
import io.trafficmirror.lambda.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Embedded AWS with the minimum that the package needs: one VPC, a policy in S3 that mirrors all of
 * it, the target and the filter that the policy names, and newly launched instances.
 */
public final class MinimalEnvironment implements AutoCloseable {

  private static final String VPC = "vpc-00000000000000a00";
  private static final String SUBNET = "subnet-00000000000000a01";
  private static final String FILTER = "tmf-00000000000000f01";
  private static final String TARGET = "tmt-00000000000000d01";
  private static final String BUCKET = "small-world";
  private static final String POLICY_KEY = "policy.yaml";

  /** Terraform's default. */
  private static final int MEMORY_MEGABYTES = 1_024;

  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private static final String POLICY =
      """
      vpcs:
      - vpcId: %s
        filterId: %s
        targetId: %s
      """
          .formatted(VPC, FILTER, TARGET);

  private final EmbeddedAws aws = EmbeddedAws.start(EmbeddedOptions.defaults());
  private int instances;

  /** Starts embedded AWS and creates the resources. */
  public MinimalEnvironment() {
    new FleetSpec(
            List.of(new FleetSpec.Vpc(VPC, "10.0.0.0/8")),
            List.of(new FleetSpec.Subnet(SUBNET, VPC, "us-east-1a")),
            List.of(FILTER),
            List.of(TARGET))
        .putInto(aws.ec2());
    aws.s3().createBucket(BUCKET);
    setPolicyReadable(true);
  }

  /**
   * The settings of a function in this environment, with the memory and timeout that Terraform
   * configures.
   *
   * @param name its name
   * @param zip its package
   * @param handler its handler
   */
  public FunctionSettings function(String name, Path zip, String handler) {
    return new FunctionSettings(
        name,
        "arn:aws:lambda:us-east-1:111122223333:function:" + name + ":live",
        "1",
        zip,
        handler,
        "java21",
        Map.of(
            "AWS_ENDPOINT_URL",
            aws.endpoint().toString(),
            Settings.DEPLOYMENT,
            "bench",
            Settings.POLICY_BUCKET,
            BUCKET,
            Settings.POLICY_KEY,
            POLICY_KEY,
            Settings.FAILURE_BUCKET,
            BUCKET),
        MEMORY_MEGABYTES,
        TIMEOUT);
  }

  /**
   * Launches instances.
   *
   * @param count how many
   * @return the Lambda event with the records about the launches
   */
  public byte[] launch(int count) {
    List<StoredRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String instance = launchWithoutEvent();
      Instant now = Instant.now();
      records.add(
          new StoredRecord(
              "shardId-000000000000",
              "4959033827149025660855969253836157109592157598913658%04d".formatted(instances),
              instance,
              now,
              Events.launched(instance, now).getBytes(StandardCharsets.UTF_8)));
    }
    return new KinesisEventJson(
            "arn:aws:kinesis:us-east-1:111122223333:stream/bench", aws.region(), aws.account())
        .of(records);
  }

  /** Embedded AWS. */
  public EmbeddedAws aws() {
    return aws;
  }

  /** Launches an instance without an event. */
  String launchWithoutEvent() {
    instances++;
    String id = "i-%017x".formatted(instances);
    return aws.ec2()
        .putInstance(
            InstanceSeed.running(id, "m5.large", SUBNET, "eni-%017x".formatted(instances)));
  }

  /** Writes a valid or an invalid policy. */
  void setPolicyReadable(boolean there) {
    String text = there ? POLICY : "tags: [";
    aws.s3().put(BUCKET, POLICY_KEY, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The number of sessions. */
  public int sessions() {
    return aws.ec2().sessions().size();
  }

  @Override
  public void close() {
    aws.close();
  }
}
