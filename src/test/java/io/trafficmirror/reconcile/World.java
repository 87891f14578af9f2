package io.trafficmirror.reconcile;

import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.DesiredSession;
import io.trafficmirror.mirror.Destination;
import io.trafficmirror.mirror.Entry;
import io.trafficmirror.mirror.FilterId;
import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.LaunchSpecification;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.NetworkInterface;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.PolicySet;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Reason;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.Selector;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.SessionId;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.mirror.Source;
import io.trafficmirror.mirror.SubnetId;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.mirror.Trigger;
import io.trafficmirror.mirror.WantedSession;
import io.trafficmirror.pool.LaunchBudget;
import io.trafficmirror.pool.LaunchGuard;
import io.trafficmirror.pool.PoolLimits;
import io.trafficmirror.pool.PoolMemory;
import io.trafficmirror.pool.PoolReader;
import io.trafficmirror.pool.TargetList;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.FailureStore;
import io.trafficmirror.port.FakeEc2;
import io.trafficmirror.port.StreamRecord;
import io.trafficmirror.port.StreamWriter;
import io.trafficmirror.write.OutageDetector;
import io.trafficmirror.write.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The reconcile loop of one scope with an in-memory EC2, stream, failure bucket and clock. Its
 * policy has an entry for each value of the tag {@code mirror}: {@code fixed} goes to {@link
 * #TARGET}, {@code pool} to {@link #POOL} and {@code other-pool} to {@link #OTHER_POOL}. Not
 * thread-safe.
 */
final class World {

  static final Scope SCOPE = new Scope("111122223333", "eu-central-1");
  static final Ownership OWNERSHIP = new Ownership("prod");
  static final String STREAM = "arn:aws:kinesis:eu-central-1:111122223333:stream/events";
  static final TargetId TARGET = new TargetId("tmt-fixed");
  static final FilterId FILTER = new FilterId("tmf-1");
  static final Pool POOL = pool("subnet-a");
  static final Pool OTHER_POOL = pool("subnet-b");

  /** The capacity of a pool target, in sources. */
  static final int SEATS = 10;

  static final PolicySet POLICY =
      new PolicySet(
          List.of(
              entry(0, "fixed", new Destination.Fixed(TARGET)),
              entry(1, "pool", new Destination.OnDemand(specification(POOL))),
              entry(2, "other-pool", new Destination.OnDemand(specification(OTHER_POOL)))));

  final VirtualTime time = new VirtualTime();
  final FakeEc2 ec2 = new FakeEc2(time);
  final RecordingTelemetry telemetry = new RecordingTelemetry();
  final Bucket bucket = new Bucket();
  final Stream stream = new Stream();
  final LaunchBudget launches = new LaunchBudget(5);
  final Limits limits;
  final DenialGrace grace;
  final PoolMemory memory;
  final RefusedTypes refusedTypes;
  final PoolReader pools;
  final Writer writer;
  final Observer observer;
  final TargetStage targetStage;
  final Round round;
  final Reconciler reconciler;
  final OutcomeHandler handler;
  final Sweeper sweeper;
  final PageProcessor pages;

  World() {
    this(PoolLimits.defaults());
  }

  World(PoolLimits poolLimits) {
    Limits standard = Limits.defaults();
    limits =
        new Limits(
            standard.instanceRetry(),
            1,
            standard.runs(),
            standard.denialGrace(),
            standard.targetsAge(),
            standard.refusedTypesAge(),
            standard.observeAgain(),
            poolLimits);
    grace = new DenialGrace(VirtualTime.START, limits.denialGrace(), time);
    memory = new PoolMemory(time);
    refusedTypes = new RefusedTypes(time, limits.refusedTypesAge(), Set.of());
    TargetList targets = new TargetList(ec2, time, limits.targetsAge());
    pools = new PoolReader(ec2, OWNERSHIP, targets, memory, poolLimits, time);
    writer = new Writer(ec2, OWNERSHIP, time, Runnable::run, 1);
    observer = new Observer(SCOPE, ec2, POLICY, OWNERSHIP, targets, pools, time);
    targetStage = new TargetStage(writer, memory, poolLimits, telemetry, time);
    round =
        new Round(
            observer,
            writer,
            targetStage,
            pools,
            memory,
            new LaunchGuard(memory, time),
            refusedTypes,
            new Conclusions(grace, new OutageDetector(time), refusedTypes, false),
            telemetry,
            limits,
            time);
    reconciler = new Reconciler(observer, round, limits, time);
    handler = new OutcomeHandler(bucket, telemetry, limits, time);
    sweeper =
        new Sweeper(SCOPE, ec2, writer, OWNERSHIP, pools, memory, telemetry, poolLimits, time);
    pages =
        new PageProcessor(
            SCOPE,
            reconciler,
            handler,
            sweeper,
            ec2,
            stream,
            telemetry,
            grace,
            limits.runs(),
            time);
  }

  Deadline in(Duration duration) {
    return new Deadline(time.now().plus(duration), time);
  }

  /** A deadline that no test reaches. */
  Deadline later() {
    return in(Duration.ofMinutes(15));
  }

  /** Adds a running instance {@code i-name} with the interface {@code eni-name}. */
  Instance runs(String name, String mirror) {
    Instance instance = instance(name, mirror);
    ec2.add(instance);
    return instance;
  }

  /**
   * Adds a running pool instance {@code i-name} with the interface {@code eni-name}, launched this
   * long ago.
   */
  PoolMember member(String name, Pool pool, int slot, Duration age) {
    PoolMember member =
        new PoolMember(
            new InstanceId("i-" + name),
            InstanceState.RUNNING,
            pool.instanceType(),
            pool.digest(),
            Optional.of(new Slot(pool.digest(), slot, 0)),
            Optional.of(new InterfaceId("eni-" + name)),
            Optional.of(time.now().minus(age)));
    ec2.add(member);
    return member;
  }

  /** Adds the target {@code tmt-name} of the pool instance {@code i-name}. */
  TargetId targetOf(String name, Pool pool, int slot) {
    TargetId id = new TargetId("tmt-" + name);
    ec2.add(
        new MirrorTarget(
            id,
            Optional.of(new InterfaceId("eni-" + name)),
            OWNERSHIP.slotTags(new Slot(pool.digest(), slot, 0))));
    return id;
  }

  /** Adds a managed session from {@code eni-name}. */
  Session session(String name, TargetId target) {
    Session session = ours(name, target);
    ec2.add(session);
    return session;
  }

  static Session ours(String name, TargetId target) {
    return new Session(
        new SessionId("tms-" + name),
        new InterfaceId("eni-" + name),
        target,
        FILTER,
        100,
        OWNERSHIP.sessionTags("tags[0]", new InstanceId("i-" + name), Trigger.LAUNCH));
  }

  static Instance instance(String name, String mirror) {
    InterfaceId primary = new InterfaceId("eni-" + name);
    Optional<SubnetId> subnet = Optional.of(new SubnetId("subnet-0"));
    return new Instance(
        new InstanceId("i-" + name),
        InstanceState.RUNNING,
        "m5.large",
        Map.of("mirror", mirror),
        subnet,
        Optional.empty(),
        List.of(new NetworkInterface(primary, OptionalInt.of(0), 0, subnet, Optional.empty())));
  }

  static WantedSession wanted(String name, WantedSession.Aim aim) {
    Instance instance = instance(name, "fixed");
    InterfaceId primary = new InterfaceId("eni-" + name);
    return new WantedSession(
        new Source(SCOPE, instance.id(), primary), instance, "tags[0]", aim, FILTER, 100);
  }

  /** A record at this position that has just arrived. */
  StreamRecord record(int position, byte[] data) {
    return record(position, Duration.ZERO, data);
  }

  StreamRecord record(int position, Duration age, byte[] data) {
    return new StreamRecord(
        position,
        STREAM,
        "shardId-000000000000",
        Integer.toString(100 + position),
        "key-" + position,
        time.now().minus(age),
        data);
  }

  /** A request caused by records of these ages, starting at position 0. */
  InstanceRequest request(String name, Duration... ages) {
    List<StreamRecord> causes = new ArrayList<>();
    for (Duration age : ages) {
      causes.add(record(causes.size(), age, new byte[0]));
    }
    return new InstanceRequest(
        SCOPE, new InstanceId("i-" + name), Trigger.LAUNCH, Optional.of(time.now()), causes);
  }

  /** Requests caused by records that have just arrived. */
  List<InstanceRequest> requests(String... names) {
    return Arrays.stream(names).map(name -> request(name, Duration.ZERO)).toList();
  }

  /**
   * An outcome as a short text: {@code created}, a reason, or what is retried with the kind of
   * failure.
   */
  static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Created ignored -> "created";
      case Outcome.Modified ignored -> "modified";
      case Outcome.WouldApply ignored -> "would-apply";
      case Outcome.Settled(Reason reason) -> reason.label();
      case Outcome.Refused(Reason reason, Failure ignored) -> "refused: " + reason.label();
      case Outcome.RetryBatch(Failure failure) -> "batch: " + failure.kind();
      case Outcome.RetryInstance(Failure failure) -> "instance: " + failure.kind();
    };
  }

  static Failure failure(FailureKind kind) {
    return new Failure(kind, "code", "message");
  }

  private static Pool pool(String subnet) {
    return new Pool("prod", "c5.large", "ami-1", List.of("sg-1"), new SubnetId(subnet));
  }

  private static LaunchSpecification specification(Pool pool) {
    return new LaunchSpecification(
        pool.instanceType(), pool.imageId(), pool.securityGroups(), Optional.of(pool.subnet()));
  }

  private static Entry entry(int index, String mirror, Destination destination) {
    return new Entry(
        new Selector.ByTags(List.of(new Selector.Tag("mirror", mirror))),
        new DesiredSession("tags[" + index + "]", destination, FILTER, 100));
  }

  /** Stores payloads in memory; fails once for each queued failure. */
  static final class Bucket implements FailureStore {
    final List<FailedItem> kept = new ArrayList<>();
    final Deque<FailureKind> failures = new ArrayDeque<>();

    @Override
    public Answer<String> store(FailedItem item, Deadline deadline) {
      if (!failures.isEmpty()) {
        return new Answer.Failed<>(failure(failures.remove()));
      }
      kept.add(item);
      return new Answer.Got<>("s3://failures/" + kept.size());
    }
  }

  /** Stores the records in memory; fails once for each queued failure. */
  static final class Stream implements StreamWriter {
    record Put(String streamArn, String partitionKey, String data) {}

    final List<Put> puts = new ArrayList<>();
    final Deque<FailureKind> failures = new ArrayDeque<>();

    @Override
    public Answer<String> put(
        String streamArn, String partitionKey, byte[] data, Deadline deadline) {
      if (!failures.isEmpty()) {
        return new Answer.Failed<>(failure(failures.remove()));
      }
      puts.add(new Put(streamArn, partitionKey, new String(data, StandardCharsets.UTF_8)));
      return new Answer.Got<>("1000");
    }
  }
}
