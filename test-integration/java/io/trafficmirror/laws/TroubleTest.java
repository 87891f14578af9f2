package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.embedded.MappingSettings;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.embedded.Unverified;
import io.trafficmirror.reconcile.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is broken holds up nothing else, and what was broken comes right by itself. */
class TroubleTest {

  private static final MappingSettings ONE_LANE =
      MappingSettings.defaults().withParallelizationFactor(1);

  static Stream<Unverified> unverified() {
    return Unverified.variants().stream();
  }

  @ParameterizedTest
  @MethodSource("unverified")
  void everyKindOfInstanceComesRightHoweverEc2BehavesWhereNobodyKnows(Unverified variant) {
    World world = new World(1, variant, MappingSettings.defaults(), 2, Fleet.POLICY);
    Fleet fleet = Fleet.complete(world.aws.ec2());
    fleet.members().forEach(member -> world.launch(member.instance()));
    world.runToTheEnd();
    world.backfill("run-1", 5);
    world.runToTheEnd();
    fleet.assertRight();
    DeliveryLawsTest.assertNothingUnsupported(world.aws);
  }

  @Property(tries = 100, shrinking = ShrinkingMode.OFF)
  void whateverBytesArriveTheHandlerAnswersAndNoOtherRecordIsLost(
      @ForAll byte[] bytes, @ForAll long seed) {
    Random random = new Random(seed);
    World world = World.withPolicy(Fleet.POLICY);
    Fleet fleet = Fleet.random(world.aws.ec2(), random, 1 + random.nextInt(4));
    int place = random.nextInt(fleet.members().size() + 1);
    for (int i = 0; i <= fleet.members().size(); i++) {
      if (i == place) {
        world.aws.kinesis().put(World.STREAM, "odd", bytes);
      }
      if (i < fleet.members().size()) {
        world.put("odd", World.launched(fleet.members().get(i).instance(), world.time.now()));
      }
    }
    world.runToTheEnd();
    fleet.assertRight();
    assertThat(world.kept()).hasSize(1);
  }

  @Test
  void aRejectedRecordIsKeptWithItsReasonAndCountedOnce() {
    World world = new World(1, Unverified.defaults(), ONE_LANE, 1, Fleet.POLICY);
    Fleet fleet = Fleet.complete(world.aws.ec2());
    Fleet.Member late = fleet.members().getFirst();
    world.launch(late.instance());
    world.put("poison", "{\"source\": \"aws.ec2\", truncated");
    world
        .aws
        .faults()
        .refuse("ec2", "CreateTrafficMirrorSession", 1, 400, "SomethingNobodyHasHeardOf")
        .refuse("ec2", "DescribeTrafficMirrorSessions", 9, 500, "InternalError");
    world.runToTheEnd();
    assertThat(world.kept()).hasSize(1);
    JsonObject kept =
        JsonParser.parseString(
                new String(world.kept().firstEntry().getValue(), StandardCharsets.UTF_8))
            .getAsJsonObject();
    assertThat(
            new String(
                Base64.getDecoder().decode(kept.get("payload_base64").getAsString()),
                StandardCharsets.UTF_8))
        .isEqualTo("{\"source\": \"aws.ec2\", truncated");
    assertThat(kept.get("partition_key").getAsString()).isEqualTo("poison");
    assertThat(kept.get("detail").getAsString()).isNotBlank();
    assertThat(sum(world, "RejectedRecords")).isEqualTo(1.0);
  }

  @Test
  void aBucketThatTakesNothingHoldsThePoisonBackUntilItDoes() {
    World world = World.withPolicy(Fleet.POLICY);
    world.put("poison", "no JSON");
    world.aws.faults().refuse("s3", "PutObject", 30, 503, "SlowDown");
    world.runToTheEnd();
    assertThat(world.kept()).hasSize(1);
    assertThat(sum(world, "RejectedRecords")).isEqualTo(1.0);
  }

  @Test
  void anInstanceThatCannotBeMirroredForHoursDelaysNoOtherRecordBeyondItsTwoMinutes() {
    World world = new World(1, Unverified.defaults(), ONE_LANE, 1, Fleet.POLICY);
    Fleet fleet = new Fleet(world.aws.ec2());
    Fleet.Member stuck = fleet.add(Fleet.Kind.BY_TAG);
    world
        .aws
        .faults()
        .refuseNaming(
            "ec2",
            "CreateTrafficMirrorSession",
            stuck.primary(),
            Integer.MAX_VALUE,
            400,
            "SomethingNobodyHasHeardOf");
    world.launch(stuck.instance());
    world.mapping.runOnce();
    Instant put = world.time.now();
    List<Fleet.Member> others =
        IntStream.range(0, 5).mapToObj(i -> fleet.add(Fleet.Kind.BY_TAG)).toList();
    others.forEach(member -> world.launch(member.instance()));
    world.backfill("run-1", 5);
    world.runToTheEnd();
    Map<String, SessionView> sessions = byInterface(world);
    for (Fleet.Member other : others) {
      assertThat(Duration.between(put, sessionOf(world, other).createdAt()))
          .isLessThan(Duration.ofSeconds(130));
    }
    assertThat(sessions).doesNotContainKey(stuck.primary());
    assertThat(world.kept().keySet())
        .as("the launch and the page each leave the instance to the next look")
        .hasSize(2)
        .allMatch(
            key -> key.startsWith("left/events/") && key.endsWith(stuck.instance() + ".json"));
    assertThat(world.log()).contains("\"step\":\"completed\"");
  }

  @Test
  void whatWasLeftToTheNextLookCanBeReplayed() {
    World world = new World(1, Unverified.defaults(), ONE_LANE, 1, Fleet.POLICY);
    Fleet fleet = new Fleet(world.aws.ec2());
    Fleet.Member stuck = fleet.add(Fleet.Kind.BY_TAG);
    world
        .aws
        .faults()
        .refuse("ec2", "CreateTrafficMirrorSession", 100_000, 400, "SomethingNobodyHasHeardOf");
    world.launch(stuck.instance());
    world.runToTheEnd();
    world.aws.faults().clear();
    JsonObject kept =
        JsonParser.parseString(
                new String(world.kept().firstEntry().getValue(), StandardCharsets.UTF_8))
            .getAsJsonObject();
    world
        .aws
        .kinesis()
        .put(
            World.STREAM,
            kept.get("partition_key").getAsString(),
            Base64.getDecoder().decode(kept.get("payload_base64").getAsString()));
    world.runToTheEnd();
    fleet.assertRight();
    assertThat(sessionOf(world, stuck).tags())
        .containsEntry("traffic-mirror-pipeline:trigger", "look");
  }

  @Test
  void anInstanceThatEc2AnswersWithErrorsForeverIsItsOwnTroubleWhileOthersWork() {
    World world = new World(1, Unverified.defaults(), ONE_LANE, 1, Fleet.POLICY);
    Fleet fleet = new Fleet(world.aws.ec2());
    Fleet.Member stuck = fleet.add(Fleet.Kind.BY_TAG);
    List<Fleet.Member> others =
        IntStream.range(0, 5).mapToObj(i -> fleet.add(Fleet.Kind.BY_TAG)).toList();
    world
        .aws
        .faults()
        .refuseNaming(
            "ec2",
            "CreateTrafficMirrorSession",
            stuck.primary(),
            Integer.MAX_VALUE,
            500,
            "InternalError");
    fleet.members().forEach(member -> world.launch(member.instance()));
    world.mapping.runOnce();
    Map<String, SessionView> sessions = byInterface(world);
    assertThat(others).allMatch(other -> sessions.containsKey(other.primary()));
    assertThat(world.log()).contains("goes back for retry, for this instance only");
  }

  @Test
  void aTargetThatTakesTenSourcesGetsTenAndTheOthersSayWhy() {
    World world =
        World.withPolicy(
            """
            vpcs:
            - vpcId: vpc-other
              filterId: tmf-tags
              targetId: tmt-sensor
            """);
    Fleet fleet = new Fleet(world.aws.ec2());
    Fleet.Member sensor = fleet.add(Fleet.Kind.STOPPED);
    world.aws.ec2().putInterfaceTarget("tmt-sensor", sensor.primary());
    IntStream.range(0, 13).forEach(i -> world.launch(fleet.add(Fleet.Kind.NO_MATCH).instance()));
    world.runToTheEnd();
    world.backfill("run-1", 5);
    world.runToTheEnd();
    assertThat(world.aws.ec2().sessions())
        .hasSize(10)
        .allMatch(session -> session.targetId().equals("tmt-sensor"));
    assertThat(world.log()).contains("\"outcome\":\"target-full\"");
    assertThat(world.mapping.dropped()).isZero();
  }

  @Test
  void anAccountThatTakesNoMoreSessionsIsAnOutcomeAndHoldsUpNothing() {
    World world =
        new World(1, Unverified.defaults(), MappingSettings.defaults(), 1, Fleet.POLICY, 2);
    Fleet fleet = new Fleet(world.aws.ec2());
    IntStream.range(0, 5).forEach(i -> world.launch(fleet.add(Fleet.Kind.BY_TAG).instance()));
    world.runToTheEnd();
    assertThat(world.aws.ec2().sessions()).hasSize(2);
    assertThat(world.log()).contains("\"outcome\":\"account-session-limit\"");
  }

  @Test
  void aThrottledLaunchIsMirroredAsSoonAsEc2HasRoom() {
    World world = World.withPolicy(Fleet.POLICY);
    Fleet fleet = new Fleet(world.aws.ec2());
    Fleet.Member member = fleet.add(Fleet.Kind.BY_TAG);
    world.aws.faults().refuse("ec2", "CreateTrafficMirrorSession", 40, 503, "RequestLimitExceeded");
    world.launch(member.instance());
    world.runToTheEnd();
    fleet.assertRight();
    assertThat(world.kept()).isEmpty();
  }

  @Test
  void anInstanceThatEc2DoesNotShowYetIsMirroredWhenItDoes() {
    World world = World.withPolicy(Fleet.POLICY);
    Fleet fleet = new Fleet(world.aws.ec2());
    world.time.sleep(Duration.ofMinutes(2));
    world.aws.ec2().readLag(Duration.ofSeconds(40));
    Fleet.Member member = fleet.add(Fleet.Kind.BY_TAG);
    world.launch(member.instance());
    world.runToTheEnd();
    fleet.assertRight();
  }

  @Test
  void anInstanceThatNeverShowsIsGoneAfterTwoMinutesAndNobodyIsAlarmed() {
    World world = World.withPolicy(Fleet.POLICY);
    world.launch("i-never-there");
    world.runToTheEnd();
    assertThat(Duration.between(VirtualTime.START, world.time.now()))
        .isBetween(Duration.ofSeconds(110), Duration.ofSeconds(150));
    assertThat(world.kept()).isEmpty();
    assertThat(world.log()).contains("\"Outcome\":\"gone\"").doesNotContain("\"level\":\"WARN\"");
  }

  @Test
  void aDenialInTheFirstMinutesIsTakenForIamsDelay() {
    World world = World.withPolicy(Fleet.POLICY);
    Fleet fleet = Fleet.complete(world.aws.ec2());
    world.aws.ec2().denyUntil(world.time.now().plusSeconds(240));
    fleet.members().forEach(member -> world.launch(member.instance()));
    world.runToTheEnd();
    fleet.assertRight();
  }

  @Test
  void aDenialAfterTheFirstMinutesIsSomebodysDecision() {
    World world = World.withPolicy(Fleet.POLICY);
    Fleet fleet = new Fleet(world.aws.ec2());
    Fleet.Member member = fleet.add(Fleet.Kind.BY_TAG);
    world.aws.ec2().denyUntil(world.time.now().plus(Duration.ofHours(9)));
    world.launch(member.instance());
    world.runToTheEnd();
    assertThat(byInterface(world)).isEmpty();
    assertThat(world.log()).contains("\"Outcome\":\"denied\"");
    assertThat(Duration.between(VirtualTime.START, world.time.now()))
        .isLessThan(Duration.ofMinutes(6));
  }

  @Test
  void dryRunPlansEverythingAndTouchesNothing() {
    World world = World.withPolicy(Fleet.POLICY);
    world.environment.put("MIRROR_DRY_RUN", "true");
    Fleet fleet = Fleet.complete(world.aws.ec2());
    List<SessionView> before = world.aws.ec2().sessions();
    world.backfill("run-1", 5);
    fleet.members().forEach(member -> world.launch(member.instance()));
    world.runToTheEnd();
    assertThat(world.aws.ec2().sessions()).isEqualTo(before);
    assertThat(world.log())
        .contains("dry run: nothing was done")
        .contains("\"step\":\"completed\"");
    assertThat(world.aws.calls().byAction("ec2"))
        .containsOnlyKeys(
            "DescribeInstances", "DescribeTrafficMirrorTargets", "DescribeTrafficMirrorSessions");
  }

  @ParameterizedTest
  @CsvSource({
    "AccessDenied,403",
    "NoSuchKey,404",
    "NoSuchBucket,404",
    "SlowDown,503",
    "InternalError,500"
  })
  void aPolicyThatCannotBeReadLosesNothingAndRecoversByItself(String code, int status) {
    World world = World.withPolicy(Fleet.POLICY);
    Fleet fleet = Fleet.complete(world.aws.ec2());
    world.aws.faults().refuse("s3", "GetObject", Integer.MAX_VALUE, status, code);
    fleet.members().forEach(member -> world.launch(member.instance()));
    world.put("poison", "no JSON");
    world.mapping.runOnce();
    world.mapping.runOnce();
    assertThat(world.kept()).as("nothing is rejected before the function can work").isEmpty();
    assertThat(world.aws.calls().byAction("ec2")).isEmpty();
    assertThat(world.log()).contains("InitialisationFailures", "not ready");
    world.aws.faults().clear();
    world.runToTheEnd();
    fleet.assertRight();
    assertThat(world.kept()).hasSize(1);
  }

  @Test
  void aBrokenPolicySaysWhereAndRecoversOnceItIsMended() {
    World world = World.withPolicy("vpcs:\n- vpcId: vpc-1\n  filterID: tmf-1\n");
    Fleet fleet = Fleet.complete(world.aws.ec2());
    fleet.members().forEach(member -> world.launch(member.instance()));
    world.mapping.runOnce();
    assertThat(world.log()).contains("policy.yaml:3:3", "filterId");
    world
        .aws
        .s3()
        .put(World.POLICIES, World.POLICY_KEY, Fleet.POLICY.getBytes(StandardCharsets.UTF_8));
    world.runToTheEnd();
    fleet.assertRight();
  }

  @Test
  void settingsThatMakeNoSenseLoseNothing() {
    World world = World.withPolicy(Fleet.POLICY);
    Fleet fleet = Fleet.complete(world.aws.ec2());
    world.environment.remove("MIRROR_FAILURE_BUCKET");
    world.environment.put("MIRROR_DRY_RUN", "perhaps");
    fleet.members().forEach(member -> world.launch(member.instance()));
    world.mapping.runOnce();
    assertThat(world.log()).contains("MIRROR_FAILURE_BUCKET", "MIRROR_DRY_RUN");
    world.environment.put("MIRROR_FAILURE_BUCKET", World.FAILURES);
    world.environment.remove("MIRROR_DRY_RUN");
    world.connect(MappingSettings.defaults(), world.environment());
    world.runToTheEnd();
    fleet.assertRight();
  }

  private static SessionView sessionOf(World world, Fleet.Member member) {
    return world.aws.ec2().sessions().stream()
        .filter(session -> session.interfaceId().equals(member.primary()))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, SessionView> byInterface(World world) {
    return world.aws.ec2().sessions().stream()
        .collect(Collectors.toMap(SessionView::interfaceId, s -> s));
  }

  private static double sum(World world, String metric) {
    return world
        .log()
        .lines()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .filter(line -> line.has("_aws") && line.has(metric))
        .mapToDouble(line -> line.get(metric).getAsDouble())
        .sum();
  }
}
