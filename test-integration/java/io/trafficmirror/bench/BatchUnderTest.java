package io.trafficmirror.bench;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import io.trafficmirror.harness.Events;
import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.lambda.Host;
import io.trafficmirror.lambda.Settings;
import io.trafficmirror.lambda.StreamHandler;
import io.trafficmirror.mirror.FilterId;
import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.NetworkInterface;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.SessionId;
import io.trafficmirror.mirror.SubnetId;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.mirror.VpcId;
import io.trafficmirror.port.MemoryCloud;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The handler with one batch and an in-memory EC2 in which every instance is already mirrored, so
 * that only the cost of the handler itself remains.
 */
final class BatchUnderTest {

  private static final VpcId VPC = new VpcId("vpc-0a1");
  private static final Optional<SubnetId> SUBNET = Optional.of(new SubnetId("subnet-0a1"));
  private static final TargetId TARGET = new TargetId("tmt-0a1");
  private static final FilterId FILTER = new FilterId("tmf-0a1");
  private static final String POLICY =
      """
      tags:
      - tagList:
        - {Key: mirror, Value: "on"}
        filterId: tmf-0b2
        targetId: tmt-0b2
      vpcs:
      - vpcId: vpc-0a1
        filterId: tmf-0a1
        targetId: tmt-0a1
      """;

  private final StreamHandler handler;
  private final List<KinesisEvent.KinesisEventRecord> records;
  private final Context context = new OneMinuteContext();

  /**
   * Creates a batch.
   *
   * @param records the number of records, 1 to 10,000 (the maximum that Lambda delivers)
   * @param instances the number of instances, named in rotation; at most the number of records
   * @param lines receives the log lines
   */
  BatchUnderTest(int records, int instances, Consumer<String> lines) {
    MemoryCloud cloud = new MemoryCloud(POLICY);
    for (int i = 0; i < instances; i++) {
      cloud.add(instance(i));
      cloud.add(session(i));
    }
    Map<String, String> environment =
        Map.of(
            Settings.DEPLOYMENT, "bench",
            Settings.POLICY_FILE, "policy.yaml",
            Settings.FAILURE_BUCKET, "failures");
    this.handler =
        new StreamHandler(
            new Host(environment, new VirtualTime(), lines, (meter, time) -> cloud, Runnable::run));
    this.records = records(records, instances);
  }

  /** Handles the batch; repeatable. Throws unless all records succeed. */
  StreamsEventResponse handle() {
    return handle(records);
  }

  /**
   * Handles the same records in several batches; repeatable. Throws unless all records succeed.
   *
   * @param size the size of each batch except the last, which has the remaining records
   */
  void handleInBatchesOf(int size) {
    for (int from = 0; from < records.size(); from += size) {
      handle(records.subList(from, Math.min(records.size(), from + size)));
    }
  }

  private StreamsEventResponse handle(List<KinesisEvent.KinesisEventRecord> part) {
    KinesisEvent batch = new KinesisEvent();
    batch.setRecords(part);
    StreamsEventResponse answer = handler.handleRequest(batch, context);
    if (!answer.getBatchItemFailures().isEmpty()) {
      throw new IllegalStateException("records were not processed: " + answer);
    }
    return answer;
  }

  private static List<KinesisEvent.KinesisEventRecord> records(int records, int instances) {
    List<KinesisEvent.KinesisEventRecord> items = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      String instance = instanceId(i % instances);
      KinesisEvent.Record kinesis = new KinesisEvent.Record();
      kinesis.setSequenceNumber(
          "4954000000000000000000000000000000000000000000000%07d".formatted(i));
      kinesis.setPartitionKey(instance);
      kinesis.setApproximateArrivalTimestamp(Date.from(VirtualTime.START.minusSeconds(1)));
      kinesis.setData(
          StandardCharsets.UTF_8.encode(
              Events.launched(instance, VirtualTime.START.minusSeconds(2))));
      KinesisEvent.KinesisEventRecord item = new KinesisEvent.KinesisEventRecord();
      item.setKinesis(kinesis);
      item.setEventID("shardId-000000000000:" + kinesis.getSequenceNumber());
      item.setEventSourceARN("arn:aws:kinesis:us-east-1:111122223333:stream/bench-events");
      items.add(item);
    }
    return items;
  }

  private static String instanceId(int number) {
    return "i-%017x".formatted(number);
  }

  private static InterfaceId interfaceId(int number) {
    return new InterfaceId("eni-%017x".formatted(number));
  }

  private static Instance instance(int number) {
    NetworkInterface primary =
        new NetworkInterface(interfaceId(number), OptionalInt.of(0), 0, SUBNET, Optional.of(VPC));
    return new Instance(
        new InstanceId(instanceId(number)),
        InstanceState.RUNNING,
        "m5.large",
        Map.of("Name", "web-" + number, "team", "payments", "env", "prod"),
        SUBNET,
        Optional.of(VPC),
        List.of(primary));
  }

  private static Session session(int number) {
    return new Session(
        new SessionId("tms-%017x".formatted(number)),
        interfaceId(number),
        TARGET,
        FILTER,
        100,
        Map.of("traffic-mirror-pipeline:deployment", "bench"));
  }
}
