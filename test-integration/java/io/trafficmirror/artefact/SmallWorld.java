package io.trafficmirror.artefact;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.EmbeddedOptions;
import io.trafficmirror.embedded.InstanceSeed;
import io.trafficmirror.function.FunctionSettings;
import io.trafficmirror.lambda.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * Embedded AWS with the least that the package needs to work: one VPC, a policy in S3 that mirrors
 * all of it, the target and the filter that it names, and instances that have just launched.
 */
public final class SmallWorld implements AutoCloseable {

  private static final String VPC = "vpc-00000000000000a00";
  private static final String SUBNET = "subnet-00000000000000a01";
  private static final String FILTER = "tmf-00000000000000f01";
  private static final String TARGET = "tmt-00000000000000d01";
  private static final String BUCKET = "small-world";
  private static final String POLICY_KEY = "policy.yaml";
  private static final String LOAD_BALANCER =
      "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/sensors/1";

  /** As Terraform sets the function unless it is told otherwise. */
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

  /** Starts it. */
  public SmallWorld() {
    aws.ec2().putVpc(VPC, "10.0.0.0/8");
    aws.ec2().putSubnet(SUBNET, VPC, "us-east-1a");
    aws.ec2().putFilter(FILTER);
    aws.ec2().putNetworkLoadBalancerTarget(TARGET, LOAD_BALANCER);
    aws.s3().createBucket(BUCKET);
    policyIsThere(true);
  }

  /**
   * A function in this world, with the memory and the timeout that Terraform gives it.
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
   * @return the event that Lambda makes of the records about them
   */
  public byte[] launch(int count) {
    JsonArray records = new JsonArray();
    for (int i = 0; i < count; i++) {
      records.add(record(launchInSilence(), instances, Instant.now()));
    }
    JsonObject event = new JsonObject();
    event.add("Records", records);
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonObject record(String instanceId, int number, Instant now) {
    String data =
        """
        {"version":"0","id":"7bf73129-1428-4cd3-a780-95db273d1602",\
        "detail-type":"EC2 Instance State-change Notification","source":"aws.ec2",\
        "account":"111122223333","time":"%s","region":"us-east-1",\
        "resources":["arn:aws:ec2:us-east-1:111122223333:instance/%s"],\
        "detail":{"instance-id":"%s","state":"running"}}\
        """
            .formatted(now, instanceId, instanceId);
    String sequenceNumber =
        "4959033827149025660855969253836157109592157598913658%04d".formatted(number);
    JsonObject kinesis = new JsonObject();
    kinesis.addProperty("kinesisSchemaVersion", "1.0");
    kinesis.addProperty("partitionKey", instanceId);
    kinesis.addProperty("sequenceNumber", sequenceNumber);
    kinesis.addProperty(
        "data", Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8)));
    kinesis.addProperty("approximateArrivalTimestamp", now.toEpochMilli() / 1e3);
    JsonObject record = new JsonObject();
    record.add("kinesis", kinesis);
    record.addProperty("eventSource", "aws:kinesis");
    record.addProperty("eventVersion", "1.0");
    record.addProperty("eventID", "shardId-000000000000:" + sequenceNumber);
    record.addProperty("eventName", "aws:kinesis:record");
    record.addProperty("invokeIdentityArn", "arn:aws:iam::111122223333:role/bench");
    record.addProperty("awsRegion", "us-east-1");
    record.addProperty("eventSourceARN", "arn:aws:kinesis:us-east-1:111122223333:stream/bench");
    return record;
  }

  /** Embedded AWS itself. */
  public EmbeddedAws aws() {
    return aws;
  }

  /** Launches an instance that nobody tells of. */
  String launchInSilence() {
    instances++;
    String id = "i-%017x".formatted(instances);
    return aws.ec2()
        .putInstance(
            InstanceSeed.running(id, "m5.large", SUBNET, "eni-%017x".formatted(instances)));
  }

  /** Takes the policy away, or puts it back. */
  void policyIsThere(boolean there) {
    String text = there ? POLICY : "tags: [";
    aws.s3().put(BUCKET, POLICY_KEY, text.getBytes(StandardCharsets.UTF_8));
  }

  /** How many sessions there are. */
  public int sessions() {
    return aws.ec2().sessions().size();
  }

  @Override
  public void close() {
    aws.close();
  }
}
