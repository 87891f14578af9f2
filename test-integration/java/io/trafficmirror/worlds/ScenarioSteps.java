package io.trafficmirror.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.contract.PlainLog;
import io.trafficmirror.harness.AwsEvent;
import io.trafficmirror.worlds.TestNetwork.Source;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;

/** The steps of the scenarios in a world, as calls of AWS's APIs. */
final class ScenarioSteps implements AutoCloseable {

  private static final int MAX_LOG_LENGTH = 6_000;

  /** The error code of EC2 when it is unavailable. */
  private static final String DOWN = "Unavailable";

  private final World world;
  private final SortedSet<String> inventoryBefore;
  private final TestNetwork network;
  private Optional<Setup> setup = Optional.empty();
  private Optional<Deployed> deployed = Optional.empty();
  private int runs;

  ScenarioSteps(World world) {
    this.world = world;
    this.inventoryBefore = world.inventory();
    this.network = TestNetwork.prepare(world.clients().ec2(), TestNetwork.ANY_IMAGE);
  }

  World world() {
    return world;
  }

  TestNetwork network() {
    return network;
  }

  /** The deployment with the given setup, which is created or changed if necessary. */
  Deployed deployed(Setup wanted) {
    if (!setup.equals(Optional.of(wanted))) {
      deployed = Optional.of(world.deploy(wanted, wanted.policy(network)));
      setup = Optional.of(wanted);
    }
    return deployed.orElseThrow();
  }

  /** Destroys the deployment. */
  void destroy() {
    world.destroy();
    setup = Optional.empty();
    deployed = Optional.empty();
  }

  /** The resources that did not exist before the deployment; waits until there are none. */
  SortedSet<String> leftovers() {
    world.waitUntil(() -> newResources().isEmpty());
    return newResources();
  }

  private SortedSet<String> newResources() {
    SortedSet<String> now = world.inventory();
    now.removeAll(inventoryBefore);
    return now;
  }

  /** Whether the world has a capability; logs the reason if not. */
  boolean supports(Capability capability) {
    Optional<String> reason = world.unsupportedReason(capability);
    reason.ifPresent(why -> PlainLog.info("not checked here: " + capability + ", because " + why));
    return reason.isEmpty();
  }

  /** Emits EC2's event that an instance is running. */
  void emitRunning(Source source) {
    emit(source, "running");
  }

  /** Emits EC2's event that an instance has entered a state. */
  void emit(Source source, String state) {
    world.emit(AwsEvent.stateChange(source.id(), state, world.account(), world.clients().region()));
  }

  /** Emits a GuardDuty finding about an instance. */
  void emitFinding(Source source) {
    world.emit(
        AwsEvent.finding(
            source.id(), AwsEvent.Finding.PLAIN, world.account(), world.clients().region()));
  }

  /** Puts a record directly on the stream. */
  void put(String partitionKey, String data) {
    world
        .clients()
        .kinesis()
        .putRecord(
            put ->
                put.streamName(current().stream())
                    .partitionKey(partitionKey)
                    .data(SdkBytes.fromUtf8String(data)));
  }

  /** Puts the record of the schedule; returns the id of the run. */
  String startRun() {
    // The time is the run's id, so every run gets its own second, the scheduler's granularity.
    String time = world.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(runs++).toString();
    Deployed.FirstPage page = current().firstPage();
    put(page.partitionKey(), page.at(time));
    return time;
  }

  /** Waits until an instance has a session; returns it, which must be the only one. */
  TrafficMirrorSession session(Source source) {
    return session(source, session -> true);
  }

  /** Waits until an instance has the expected session; returns it, which must be the only one. */
  TrafficMirrorSession session(Source source, Predicate<TrafficMirrorSession> expected) {
    boolean seen = world.waitUntil(() -> network.sessions(source).stream().anyMatch(expected));
    List<TrafficMirrorSession> sessions = network.sessions(source);
    assertThat(seen)
        .as(
            () ->
                "a session for %s; its sessions are %s\n%s".formatted(source, sessions, logTail()))
        .isTrue();
    assertThat(sessions).as("sessions of %s", source).hasSize(1);
    return sessions.getFirst();
  }

  /** Waits until all records that were put on the stream before are processed. */
  void waitUntilProcessed() {
    // With one shard, a processed record proves that all records before it are processed. With
    // shard lanes, the world waits until none is left.
    Source last = network.launch("on");
    emitRunning(last);
    session(last);
    world.waitUntilIdle();
  }

  /** Waits until the function has logged the id of an instance. */
  void waitUntilLogged(Source source) {
    assertThat(world.waitUntil(() -> world.log().contains(source.id())))
        .as(() -> "a log line about " + source + "\n" + logTail())
        .isTrue();
  }

  /** The records on the stream about an instance. */
  List<StreamRecords.Item> records(Source source) {
    return recordsMatching(item -> item.data().contains(source.id()));
  }

  /** The records on the stream with the pages of a run. */
  List<StreamRecords.Item> pages(String run) {
    return recordsMatching(item -> item.data().contains("\"run-id\":\"" + run + "\""));
  }

  private List<StreamRecords.Item> recordsMatching(Predicate<StreamRecords.Item> wanted) {
    return StreamRecords.readAll(world.clients().kinesis(), current().stream()).stream()
        .filter(wanted)
        .toList();
  }

  List<TrafficMirrorSession> allSessions() {
    return network
        .ec2()
        .describeTrafficMirrorSessionsPaginator(all -> {})
        .trafficMirrorSessions()
        .stream()
        .toList();
  }

  /** The records stored in the failure bucket under a prefix. */
  List<StoredFailure> storedFailures(String bucket, String prefix) {
    return StoredFailure.list(world.clients().s3(), bucket, prefix);
  }

  /** Makes EC2 reject calls as if it were unavailable. */
  void refuse(String action, int times) {
    world.embedded().orElseThrow().faults().refuse("ec2", action, times, 503, DOWN);
  }

  /** The number of such rejected calls. */
  int refusals(String action) {
    return world
        .embedded()
        .orElseThrow()
        .calls()
        .byActionAndResult("ec2")
        .getOrDefault(action, Map.of())
        .getOrDefault(DOWN, 0);
  }

  private Deployed current() {
    return deployed.orElseThrow();
  }

  private String logTail() {
    String log = world.log();
    return "the function's log ends with:\n"
        + log.substring(Math.max(0, log.length() - MAX_LOG_LENGTH));
  }

  @Override
  public void close() {
    world.close();
  }
}
