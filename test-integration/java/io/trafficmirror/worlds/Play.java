package io.trafficmirror.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.contract.PlainLog;
import io.trafficmirror.harness.AwsEvent;
import io.trafficmirror.worlds.Ground.Source;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;

/** One performance of the scenarios in a world: its steps, each in AWS's own calls. */
final class Play implements AutoCloseable {

  private static final int LAST_CHARACTERS = 6_000;

  /** What EC2 answers when it is down. */
  private static final String DOWN = "Unavailable";

  private final World world;
  private final SortedSet<String> thereBefore;
  private final Ground ground;
  private Optional<Setup> setup = Optional.empty();
  private Optional<Deployed> deployed = Optional.empty();
  private int runs;

  Play(World world) {
    this.world = world;
    this.thereBefore = world.inventory();
    this.ground = Ground.prepare(world.clients().ec2(), Ground.ANY_IMAGE);
  }

  World world() {
    return world;
  }

  Ground ground() {
    return ground;
  }

  /** The deployment of this setup; made or changed where it is not there yet. */
  Deployed deployed(Setup wanted) {
    if (!setup.equals(Optional.of(wanted))) {
      deployed = Optional.of(world.deploy(wanted, wanted.policy(ground)));
      setup = Optional.of(wanted);
    }
    return deployed.orElseThrow();
  }

  /** Takes the deployment away. */
  void destroy() {
    world.destroy();
    setup = Optional.empty();
    deployed = Optional.empty();
  }

  /** What is there more than before anything was deployed, once it is nothing or stays. */
  SortedSet<String> leftovers() {
    world.until(() -> thereNow().isEmpty());
    return thereNow();
  }

  private SortedSet<String> thereNow() {
    SortedSet<String> now = world.inventory();
    now.removeAll(thereBefore);
    return now;
  }

  /** Whether the world shows this; where it does not, its reason is said. */
  boolean claims(Claim claim) {
    Optional<String> reason = world.leavesOut(claim);
    reason.ifPresent(why -> PlainLog.say("not shown here: " + claim + ", because " + why));
    return reason.isEmpty();
  }

  /** EC2 says that an instance runs. */
  void running(Source source) {
    emit(source, "running");
  }

  /** EC2 says that an instance has come into a state. */
  void emit(Source source, String state) {
    world.emit(AwsEvent.stateChange(source.id(), state, world.account(), world.clients().region()));
  }

  /** GuardDuty reports an instance. */
  void finding(Source source) {
    world.emit(
        AwsEvent.finding(
            source.id(), AwsEvent.Finding.PLAIN, world.account(), world.clients().region()));
  }

  /** Somebody puts a record straight onto the stream. */
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

  /** Puts what the schedule puts when it fires; the id of the run. */
  String startRun() {
    // Every run has another second, which is its id: the scheduler's own granularity.
    String time = world.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(runs++).toString();
    Deployed.FirstPage page = current().firstPage();
    put(page.partitionKey(), page.at(time));
    return time;
  }

  /** The one session of an instance, once it is there. */
  TrafficMirrorSession session(Source source) {
    return session(source, session -> true);
  }

  /** The one session of an instance, once it is as it should be. */
  TrafficMirrorSession session(Source source, Predicate<TrafficMirrorSession> expected) {
    boolean seen = world.until(() -> ground.sessions(source).stream().anyMatch(expected));
    List<TrafficMirrorSession> sessions = ground.sessions(source);
    assertThat(seen)
        .as(() -> "a session for %s; there is %s\n%s".formatted(source, sessions, lastOfTheLog()))
        .isTrue();
    assertThat(sessions).as("sessions of %s", source).hasSize(1);
    return sessions.getFirst();
  }

  /** Comes back when everything that was put on the stream before is worked through. */
  void waitUntilWorkedThrough() {
    // With one shard a record that is done is proof for all before it; where there are lanes as
    // well, the world is asked until nothing is left.
    Source last = ground.launch("on");
    running(last);
    session(last);
    world.settle();
  }

  /** Comes back when the function has said something about an instance. */
  void waitUntilLogged(Source source) {
    assertThat(world.until(() -> world.log().contains(source.id())))
        .as(() -> "the function's word on " + source + "\n" + lastOfTheLog())
        .isTrue();
  }

  /** The records that speak of an instance. */
  List<StreamLook.Item> records(Source source) {
    return look(item -> item.data().contains(source.id()));
  }

  /** The pages of a run. */
  List<StreamLook.Item> pages(String run) {
    return look(item -> item.data().contains("\"run-id\":\"" + run + "\""));
  }

  private List<StreamLook.Item> look(Predicate<StreamLook.Item> wanted) {
    return StreamLook.at(world.clients().kinesis(), current().stream()).stream()
        .filter(wanted)
        .toList();
  }

  /** All mirror sessions. */
  List<TrafficMirrorSession> allSessions() {
    return ground
        .ec2()
        .describeTrafficMirrorSessionsPaginator(all -> {})
        .trafficMirrorSessions()
        .stream()
        .toList();
  }

  /** What the function has kept below a prefix. */
  List<Kept> kept(String bucket, String prefix) {
    return Kept.below(world.clients().s3(), bucket, prefix);
  }

  /** EC2 will refuse that many calls, as if it were down. */
  void refuse(String action, int times) {
    world.embedded().orElseThrow().faults().refuse("ec2", action, times, 503, DOWN);
  }

  /** How often EC2 has refused calls of this kind. */
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

  private String lastOfTheLog() {
    String log = world.log();
    return "the function's log ends with:\n"
        + log.substring(Math.max(0, log.length() - LAST_CHARACTERS));
  }

  @Override
  public void close() {
    world.close();
  }
}
