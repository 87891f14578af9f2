package io.trafficmirror.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.NetworkInterface;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.VpcId;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.MemoryCloud;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The production handler with an in-memory AWS, and everything that it logs. */
final class LoggingHandler {

  private static final String ARN = "arn:aws:kinesis:us-east-1:111122223333:stream/prod-events";
  private static final Duration LONG_AGO = Duration.ofMinutes(10);
  private static final String POLICY =
      """
      vpcs:
      - vpcId: vpc-0a1
        filterId: tmf-0a1
        targetId: tmt-0a1
      """;

  private final List<String> lines = new ArrayList<>();
  private final MemoryCloud cloud = new MemoryCloud(POLICY);
  private final VirtualTime time = new VirtualTime();
  private final StreamHandler handler = new StreamHandler(host(Map.of()));
  private int launched;

  List<String> lines() {
    return List.copyOf(lines);
  }

  /**
   * Handles one batch of these payloads, old enough that none is retried, because some lines of a
   * record are logged only when it is acknowledged.
   */
  void handle(List<String> payloads) {
    List<KinesisEvent.KinesisEventRecord> items =
        payloads.stream().map(text -> item(text, "49", "shardId-0:49", "i-1", ARN)).toList();
    handle(items, LONG_AGO);
  }

  /** Handles a malformed record with this metadata. */
  void handleWithMetadata(String number, String eventId, String key, String arn) {
    handle(List.of(item("no JSON", number, eventId, key, arn)), Duration.ZERO);
  }

  /** Handles a launch of a new instance that the policy selects, with these tags. */
  void handleLaunchOf(Map<String, String> tags) {
    handleLaunchOf(add(InstanceState.RUNNING, "vpc-0a1", tags));
  }

  /** Handles a launch of an instance. */
  void handleLaunchOf(String id) {
    handle(List.of(launch(id)), Duration.ZERO);
  }

  /** Like {@link #handleLaunchOf(Map)}, but the record is too old for a retry of the instance. */
  void handleOldLaunchOf(Map<String, String> tags) {
    handle(List.of(launch(add(InstanceState.RUNNING, "vpc-0a1", tags))), LONG_AGO);
  }

  /** The existing sessions. */
  List<Session> sessions() {
    return cloud.sessions();
  }

  void refuseWrites(Failure failure) {
    cloud.refuseWrites(failure);
  }

  /** Starts another handler with these additional settings and passes it one batch. */
  void startWith(Map<String, String> settings) {
    KinesisEvent event = new KinesisEvent();
    event.setRecords(List.of(item("no JSON", "49", "shardId-0:49", "i-1", ARN)));
    new StreamHandler(host(settings)).handleRequest(event, context());
  }

  private Host host(Map<String, String> settings) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                Settings.DEPLOYMENT, "prod",
                Settings.POLICY_FILE, "policy.yaml",
                Settings.FAILURE_BUCKET, "failures"));
    environment.putAll(settings);
    return new Host(environment, time, lines::add, (meter, clock) -> cloud, Runnable::run);
  }

  private void handle(List<KinesisEvent.KinesisEventRecord> items, Duration age) {
    items.forEach(
        item -> item.getKinesis().setApproximateArrivalTimestamp(Date.from(time.now().minus(age))));
    KinesisEvent event = new KinesisEvent();
    event.setRecords(items);
    handler.handleRequest(event, context());
  }

  /** Adds an instance and returns its id. */
  String add(InstanceState state, String vpc, Map<String, String> tags) {
    launched++;
    String id = "i-%08x".formatted(launched);
    Optional<VpcId> where = Optional.of(new VpcId(vpc));
    NetworkInterface primary =
        new NetworkInterface(
            new InterfaceId("eni-%08x".formatted(launched)),
            OptionalInt.of(0),
            0,
            Optional.empty(),
            where);
    cloud.add(
        new Instance(
            new InstanceId(id),
            state,
            "m5.large",
            tags,
            Optional.empty(),
            where,
            List.of(primary)));
    return id;
  }

  private static KinesisEvent.KinesisEventRecord launch(String id) {
    String event =
        """
        {"source": "aws.ec2", "detail-type": "EC2 Instance State-change Notification",
         "detail": {"instance-id": "%s", "state": "running"}}
        """
            .formatted(id);
    return item(event, "49", "shardId-0:49", id, ARN);
  }

  private static KinesisEvent.KinesisEventRecord item(
      String payload, String number, String eventId, String key, String arn) {
    KinesisEvent.Record kinesis = new KinesisEvent.Record();
    kinesis.setSequenceNumber(number);
    kinesis.setPartitionKey(key);
    kinesis.setData(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)));
    KinesisEvent.KinesisEventRecord item = new KinesisEvent.KinesisEventRecord();
    item.setKinesis(kinesis);
    item.setEventID(eventId);
    item.setEventSourceARN(arn);
    return item;
  }

  /** A context that only supports the remaining time, one minute. */
  private static Context context() {
    return (Context)
        Proxy.newProxyInstance(
            LoggingHandler.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getRemainingTimeInMillis")) {
                return 60_000;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
