package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.embedded.CallHook;
import io.trafficmirror.embedded.Ec2Options;
import io.trafficmirror.embedded.MappingSettings;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.embedded.Unverified;
import io.trafficmirror.harness.Concurrent;
import io.trafficmirror.harness.Events;
import io.trafficmirror.harness.Fleet;
import io.trafficmirror.harness.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A failure delays no other record, and the product recovers once its cause is gone. */
@Concurrent
class FailureLawsTest {

  private static final MappingSettings ONE_LANE =
      MappingSettings.defaults().withParallelizationFactor(1);

  static Stream<Unverified> unverified() {
    return Unverified.variants().stream();
  }

  @ParameterizedTest
  @MethodSource("unverified")
  void mirrorsEveryKindOfInstanceUnderEveryUndocumentedBehaviourOfEc2(Unverified variant) {
    World world = new World(1, variant, MappingSettings.defaults(), 2, Source.POLICY);
    Fleet<Source> fleet = Source.oneOfEach(world.aws.ec2());
    fleet.members().forEach(member -> world.launch(member.instance()));
    world.runUntilIdle();
    world.backfill("run-1", 5);
    world.runUntilIdle();
    fleet.assertMirrored();
    DeliveryLawsTest.assertNothingUnsupported(world.aws);
  }

  @Property(tries = 100, shrinking = ShrinkingMode.OFF)
  void answersAnyBytesAndLosesNoOtherRecord(@ForAll byte[] bytes, @ForAll long seed) {
    Random random = new Random(seed);
    World world = World.withPolicy(Source.POLICY);
    Fleet<Source> fleet = Source.random(world.aws.ec2(), random, 1 + random.nextInt(4));
    int place = random.nextInt(fleet.members().size() + 1);
    for (int i = 0; i <= fleet.members().size(); i++) {
      if (i == place) {
        world.aws.kinesis().put(World.STREAM, "odd", bytes);
      }
      if (i < fleet.members().size()) {
        world.put("odd", Events.launched(fleet.members().get(i).instance(), world.time.now()));
      }
    }
    world.runUntilIdle();
    world.closeEnvironments();
    fleet.assertMirrored();
    assertThat(world.failureObjects()).hasSize(1);
  }

  @Test
  void storesARejectedRecordWithItsReasonAndCountsItOnce() {
    World world = new World(1, Unverified.defaults(), ONE_LANE, 1, Source.POLICY);
    Fleet<Source> fleet = Source.oneOfEach(world.aws.ec2());
    Fleet.Member<Source> late = fleet.members().getFirst();
    world.launch(late.instance());
    world.put("poison", "{\"source\": \"aws.ec2\", truncated");
    world
        .aws
        .faults()
        .refuse("ec2", "CreateTrafficMirrorSession", 1, 400, "UndocumentedErrorCode")
        .refuse("ec2", "DescribeTrafficMirrorSessions", 9, 500, "InternalError");
    world.runUntilIdle();
    assertThat(world.failureObjects()).hasSize(1);
    JsonObject stored =
        JsonParser.parseString(
                new String(world.failureObjects().firstEntry().getValue(), StandardCharsets.UTF_8))
            .getAsJsonObject();
    assertThat(
            new String(
                Base64.getDecoder().decode(stored.get("payload_base64").getAsString()),
                StandardCharsets.UTF_8))
        .isEqualTo("{\"source\": \"aws.ec2\", truncated");
    assertThat(stored.get("partition_key").getAsString()).isEqualTo("poison");
    assertThat(stored.get("detail").getAsString()).isNotBlank();
    assertThat(sum(world, "RejectedRecords")).isEqualTo(1.0);
  }

  @Test
  void retriesAPoisonRecordUntilTheBucketAcceptsIt() {
    World world = World.withPolicy(Source.POLICY);
    world.put("poison", "no JSON");
    world.aws.faults().refuse("s3", "PutObject", 30, 503, "SlowDown");
    world.runUntilIdle();
    assertThat(world.failureObjects()).hasSize(1);
    assertThat(sum(world, "RejectedRecords")).isEqualTo(1.0);
  }

  @Test
  void aRefusedInstanceDelaysOtherRecordsByAboutTwoMinutesAtMost() {
    World world = new World(1, Unverified.defaults(), ONE_LANE, 1, Source.POLICY);
    Fleet<Source> fleet = Source.none(world.aws.ec2());
    Fleet.Member<Source> stuck = fleet.add(Source.BY_TAG);
    world
        .aws
        .faults()
        .refuseNaming(
            "ec2",
            "CreateTrafficMirrorSession",
            stuck.primary(),
            Integer.MAX_VALUE,
            400,
            "UndocumentedErrorCode");
    world.launch(stuck.instance());
    world.mapping().runOnce();
    Instant put = world.time.now();
    List<Fleet.Member<Source>> others =
        IntStream.range(0, 5).mapToObj(i -> fleet.add(Source.BY_TAG)).toList();
    others.forEach(member -> world.launch(member.instance()));
    world.backfill("run-1", 5);
    world.runUntilIdle();
    Map<String, SessionView> sessions = byInterface(world);
    for (Fleet.Member<Source> other : others) {
      assertThat(Duration.between(put, sessionOf(world, other).createdAt()))
          .isLessThan(Duration.ofSeconds(130));
    }
    assertThat(sessions).doesNotContainKey(stuck.primary());
    assertThat(world.failureObjects().keySet())
        .as("the retries of both the launch and the page are exhausted")
        .hasSize(2)
        .allMatch(
            key ->
                key.startsWith("retries-exhausted/111122223333/us-east-1/events/")
                    && key.endsWith(stuck.instance() + ".json"));
    assertThat(world.log()).contains("\"step\":\"completed\"");
  }

  @Test
  void mirrorsAnExhaustedInstanceOnceItsRecordIsReplayed() {
    World world = new World(1, Unverified.defaults(), ONE_LANE, 1, Source.POLICY);
    Fleet<Source> fleet = Source.none(world.aws.ec2());
    Fleet.Member<Source> stuck = fleet.add(Source.BY_TAG);
    world
        .aws
        .faults()
        .refuse("ec2", "CreateTrafficMirrorSession", 100_000, 400, "UndocumentedErrorCode");
    world.launch(stuck.instance());
    world.runUntilIdle();
    world.aws.faults().clear();
    JsonObject stored =
        JsonParser.parseString(
                new String(world.failureObjects().firstEntry().getValue(), StandardCharsets.UTF_8))
            .getAsJsonObject();
    world
        .aws
        .kinesis()
        .put(
            World.STREAM,
            stored.get("partition_key").getAsString(),
            Base64.getDecoder().decode(stored.get("payload_base64").getAsString()));
    world.runUntilIdle();
    fleet.assertMirrored();
    assertThat(sessionOf(world, stuck).tags())
        .containsEntry("traffic-mirror-pipeline:trigger", "request");
  }

  /** The position of the failing instance in its batch. */
  enum Position {
    FIRST,
    LAST,
    ALONE
  }

  @ParameterizedTest
  @EnumSource(Position.class)
  void aPermanentlyFailingInstanceDelaysNoOtherAtAnyPositionInItsBatch(Position position) {
    World world = new World(1, Unverified.defaults(), ONE_LANE, 1, Source.POLICY);
    Fleet<Source> fleet = Source.none(world.aws.ec2());
    Fleet.Member<Source> stuck = fleet.add(Source.BY_TAG);
    List<Fleet.Member<Source>> others =
        IntStream.range(0, position == Position.ALONE ? 0 : 3)
            .mapToObj(i -> fleet.add(Source.BY_TAG))
            .toList();
    failPermanently(world, stuck);
    if (position == Position.LAST) {
      others.forEach(member -> world.launch(member.instance()));
      world.launch(stuck.instance());
    } else {
      world.launch(stuck.instance());
      others.forEach(member -> world.launch(member.instance()));
    }
    world.mapping().runOnce();
    Instant put = world.time.now();
    Fleet.Member<Source> later = fleet.add(Source.BY_TAG);
    world.launch(later.instance());
    world.runUntilIdle();
    assertThat(Duration.between(put, sessionOf(world, later).createdAt()))
        .isLessThan(Duration.ofSeconds(130));
    assertThat(others).allMatch(other -> byInterface(world).containsKey(other.primary()));
    assertThat(world.failureObjects().keySet())
        .singleElement()
        .asString()
        .startsWith("retries-exhausted/111122223333/us-east-1/events/");
    assertThat(world.mapping().dropped()).isZero();
  }

  @Test
  void aPermanentlyFailingInstanceStopsNoBackfill() {
    World world = new World(1, Unverified.defaults(), ONE_LANE, 1, Source.POLICY);
    Fleet<Source> fleet = Source.oneOfEach(world.aws.ec2());
    world.backfill("run-1", 5);
    world.runUntilIdle();
    Fleet.Member<Source> stuck = fleet.add(Source.BY_TAG);
    failPermanently(world, stuck);
    world.lines().clear();
    world.backfill("run-2", 5);
    world.runUntilIdle();
    assertThat(world.log()).contains("\"step\":\"completed\"");
    assertThat(world.mapping().dropped()).isZero();
  }

  @Test
  void mirrorsEveryInstanceAfterAnOutageOfEc2() {
    World world = new World(1, Unverified.defaults(), ONE_LANE, 1, Source.POLICY);
    Fleet<Source> fleet = Source.none(world.aws.ec2());
    world
        .aws
        .faults()
        .refuse("ec2", "CreateTrafficMirrorSession", Integer.MAX_VALUE, 500, "InternalError");
    IntStream.range(0, 3).forEach(i -> world.launch(fleet.add(Source.BY_TAG).instance()));
    Instant end = world.time.now().plus(Duration.ofMinutes(20));
    while (world.time.now().isBefore(end)) {
      world.mapping().runOnce();
      world.time.sleep(Duration.ofSeconds(5));
    }
    assertThat(world.failureObjects()).isEmpty();
    world.aws.faults().clear();
    world.runUntilIdle();
    fleet.assertMirrored();
    assertThat(world.failureObjects()).isEmpty();
  }

  private static void failPermanently(World world, Fleet.Member<Source> member) {
    world
        .aws
        .faults()
        .refuseNaming(
            "ec2",
            "CreateTrafficMirrorSession",
            member.primary(),
            Integer.MAX_VALUE,
            500,
            "InternalError");
  }

  @Test
  void mirrorsATypeEvenIfEc2RefusesTwoOfItsInstances() {
    World world = World.withPolicy(Source.POLICY);
    Fleet<Source> fleet = Source.none(world.aws.ec2());
    List<Fleet.Member<Source>> refused =
        IntStream.range(0, 2).mapToObj(i -> fleet.add(Source.BY_TAG)).toList();
    refused.forEach(
        member ->
            world
                .aws
                .faults()
                .refuseNaming(
                    "ec2",
                    "CreateTrafficMirrorSession",
                    member.primary(),
                    Integer.MAX_VALUE,
                    400,
                    "NetworkInterfaceNotSupported"));
    List<Fleet.Member<Source>> good =
        IntStream.range(0, 9).mapToObj(i -> fleet.add(Source.BY_TAG)).toList();
    Fleet.Member<Source> toMove = fleet.add(Source.OURS_TO_MOVE);
    for (int run = 1; run <= 2; run++) {
      refused.forEach(member -> world.launch(member.instance()));
      world.runUntilIdle();
      good.forEach(member -> world.launch(member.instance()));
      world.launch(toMove.instance());
      world.runUntilIdle();
    }
    assertThat(good).allMatch(member -> byInterface(world).containsKey(member.primary()));
    assertThat(sessionOf(world, toMove).targetId()).isEqualTo("tmt-tags");
  }

  @Test
  void measuresTheAgeOfASessionAtItsCreationNotAtTheEndOfTheBatch() {
    World world = new World(1, Unverified.defaults(), ONE_LANE, 1, Source.POLICY);
    Fleet<Source> fleet = Source.none(world.aws.ec2());
    Fleet.Member<Source> quick = fleet.add(Source.BY_TAG);
    Fleet.Member<Source> slow = fleet.add(Source.BY_TAG);
    world
        .aws
        .faults()
        .refuseNaming(
            "ec2", "CreateTrafficMirrorSession", slow.primary(), 12, 503, "RequestLimitExceeded");
    world.launch(quick.instance());
    world.launch(slow.instance());
    world.runUntilIdle();
    JsonObject created =
        world
            .log()
            .lines()
            .map(line -> JsonParser.parseString(line).getAsJsonObject())
            .filter(line -> line.has("age_ms"))
            .filter(line -> line.get("instance").getAsString().equals(quick.instance()))
            .findFirst()
            .orElseThrow();
    assertThat(created.get("age_ms").getAsLong()).isLessThan(1_000);
    assertThat(world.log())
        .contains(
            "\"message\":\"plan\",\"account\":\"111122223333\",\"region\":\"us-east-1\",\"actions\":[\"create"
                + " session number 100 on ");
  }

  @Test
  void startsWritesInRecordOrderAndDefersOnlyASuffix() {
    World world =
        new World(
            1,
            Unverified.defaults(),
            ONE_LANE.withFunctionTimeout(Duration.ofSeconds(10)),
            1,
            Source.POLICY);
    Fleet<Source> fleet = Source.none(world.aws.ec2());
    world.aws.onCall(
        new CallHook() {
          @Override
          public void beforeEffect(String signingName, String action) {
            world.time.sleep(Duration.ofMillis(900));
          }

          @Override
          public void afterEffect(String signingName, String action, int status) {}
        });
    List<Fleet.Member<Source>> members =
        IntStream.range(0, 12).mapToObj(i -> fleet.add(Source.BY_TAG)).toList();
    members.forEach(member -> world.launch(member.instance()));
    int before = 0;
    while (!world.mapping().idle()) {
      world.mapping().runOnce();
      List<SessionView> made = world.aws.ec2().sessions();
      assertThat(made).as("every delivery completes a write").hasSizeGreaterThan(before);
      assertThat(
              made.stream()
                  .sorted(Comparator.comparing(SessionView::createdAt))
                  .map(SessionView::interfaceId))
          .as("the completed writes are a prefix, in order")
          .containsExactlyElementsOf(
              members.stream().limit(made.size()).map(Fleet.Member::primary).toList());
      before = made.size();
    }
    fleet.assertMirrored();
    assertThat(world.mapping().deliveries()).hasSizeGreaterThan(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+1000000000-12-31T23:59:59.999999999Z",
        "-1000000000-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "yesterday"
      })
  void mirrorsAnInstanceWhateverTimeItsEventHas(String time) {
    World world = World.withPolicy(Source.POLICY);
    Fleet<Source> fleet = Source.none(world.aws.ec2());
    Fleet.Member<Source> member = fleet.add(Source.BY_TAG);
    world.put(
        member.instance(),
        Events.launched(member.instance(), world.time.now())
            .replace(world.time.now().toString(), time));
    world.runUntilIdle();
    fleet.assertMirrored();
    assertThat(world.mapping().deliveries()).allMatch(delivery -> delivery.outcome().equals("ok"));
  }

  @Test
  void createsAwsClientsOnlyOnceIfInitialisationFails() {
    World world = World.withPolicy(Source.POLICY);
    world.aws.faults().refuse("s3", "GetObject", Integer.MAX_VALUE, 403, "AccessDenied");
    world.launch("i-1");
    for (int delivery = 0; delivery < 20; delivery++) {
      world.mapping().runOnce();
    }
    assertThat(world.cloudsOpened()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "", " ", "/", "/no/such/file", "s3://x"})
  void isNotReadyAndRetriesTheRecordForAnyInvalidPolicyFileName(String name) {
    World world = World.withPolicy(Source.POLICY);
    world.variables().remove("MIRROR_POLICY_BUCKET");
    world.variables().remove("MIRROR_POLICY_KEY");
    world.variables().put("MIRROR_POLICY_FILE", name);
    world.launch("i-1");
    world.mapping().runOnce();
    assertThat(world.log()).contains("not ready");
    assertThat(world.mapping().idle()).as("the record is retried").isFalse();
  }

  @Test
  void assignsTenSourcesToATargetAndReportsItAsFullForTheOthers() {
    World world =
        World.withPolicy(
            """
            vpcs:
            - vpcId: vpc-other
              filterId: tmf-tags
              targetId: tmt-sensor
            """);
    Fleet<Source> fleet = Source.none(world.aws.ec2());
    Fleet.Member<Source> sensor = fleet.add(Source.STOPPED);
    world.aws.ec2().putInterfaceTarget("tmt-sensor", sensor.primary());
    IntStream.range(0, 13).forEach(i -> world.launch(fleet.add(Source.NO_MATCH).instance()));
    world.runUntilIdle();
    world.backfill("run-1", 5);
    world.runUntilIdle();
    assertThat(world.aws.ec2().sessions())
        .hasSize(10)
        .allMatch(session -> session.targetId().equals("tmt-sensor"));
    assertThat(world.log()).contains("\"outcome\":\"target-full\"");
    assertThat(world.mapping().dropped()).isZero();
  }

  @Test
  void reportsTheAccountSessionLimitAndFinishesTheBatch() {
    World world =
        new World(
            1,
            Ec2Options.defaults().withMaximumSessions(2),
            MappingSettings.defaults(),
            1,
            Source.POLICY);
    Fleet<Source> fleet = Source.none(world.aws.ec2());
    IntStream.range(0, 5).forEach(i -> world.launch(fleet.add(Source.BY_TAG).instance()));
    world.runUntilIdle();
    assertThat(world.aws.ec2().sessions()).hasSize(2);
    assertThat(world.log()).contains("\"outcome\":\"account-session-limit\"");
  }

  @Test
  void mirrorsALaunchAfterFortyThrottles() {
    World world = World.withPolicy(Source.POLICY);
    Fleet<Source> fleet = Source.none(world.aws.ec2());
    Fleet.Member<Source> member = fleet.add(Source.BY_TAG);
    world.aws.faults().refuse("ec2", "CreateTrafficMirrorSession", 40, 503, "RequestLimitExceeded");
    world.launch(member.instance());
    world.runUntilIdle();
    fleet.assertMirrored();
    assertThat(world.failureObjects()).isEmpty();
  }

  @Test
  void mirrorsAnInstanceThatEc2ShowsLate() {
    World world = World.withPolicy(Source.POLICY);
    Fleet<Source> fleet = Source.none(world.aws.ec2());
    world.time.sleep(Duration.ofMinutes(2));
    world.aws.ec2().readLag(Duration.ofSeconds(40));
    Fleet.Member<Source> member = fleet.add(Source.BY_TAG);
    world.launch(member.instance());
    world.runUntilIdle();
    fleet.assertMirrored();
  }

  @Test
  void reportsAnInstanceThatNeverAppearsAsGoneAfterTwoMinutesWithoutAWarning() {
    World world = World.withPolicy(Source.POLICY);
    world.launch("i-never-there");
    world.runUntilIdle();
    assertThat(Duration.between(VirtualTime.START, world.time.now()))
        .isBetween(Duration.ofSeconds(110), Duration.ofSeconds(150));
    assertThat(world.failureObjects()).isEmpty();
    assertThat(world.log()).contains("\"Outcome\":\"gone\"").doesNotContain("\"level\":\"WARN\"");
  }

  @Test
  void retriesDenialsInTheFirstMinutesWhileIamPropagates() {
    World world = World.withPolicy(Source.POLICY);
    Fleet<Source> fleet = Source.oneOfEach(world.aws.ec2());
    world.aws.ec2().denyUntil(world.time.now().plusSeconds(240));
    fleet.members().forEach(member -> world.launch(member.instance()));
    world.runUntilIdle();
    fleet.assertMirrored();
  }

  @Test
  void reportsAPersistentDenialAsDeniedWithinSixMinutes() {
    World world = World.withPolicy(Source.POLICY);
    Fleet<Source> fleet = Source.none(world.aws.ec2());
    Fleet.Member<Source> member = fleet.add(Source.BY_TAG);
    world.aws.ec2().denyUntil(world.time.now().plus(Duration.ofHours(9)));
    world.launch(member.instance());
    world.runUntilIdle();
    assertThat(byInterface(world)).isEmpty();
    assertThat(world.log()).contains("\"Outcome\":\"denied\"");
    assertThat(Duration.between(VirtualTime.START, world.time.now()))
        .isLessThan(Duration.ofMinutes(6));
  }

  @Test
  void aDryRunPlansEverythingAndWritesNothing() {
    World world = World.withPolicy(Source.POLICY);
    world.variables().put("MIRROR_DRY_RUN", "true");
    Fleet<Source> fleet = Source.oneOfEach(world.aws.ec2());
    List<SessionView> before = world.aws.ec2().sessions();
    world.backfill("run-1", 5);
    fleet.members().forEach(member -> world.launch(member.instance()));
    world.runUntilIdle();
    assertThat(world.aws.ec2().sessions()).isEqualTo(before);
    assertThat(world.log())
        .contains("dry run: nothing was written")
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
  void recoversFromAnUnreadablePolicyWithoutLosingRecords(String code, int status) {
    World world = World.withPolicy(Source.POLICY);
    Fleet<Source> fleet = Source.oneOfEach(world.aws.ec2());
    world.aws.faults().refuse("s3", "GetObject", Integer.MAX_VALUE, status, code);
    fleet.members().forEach(member -> world.launch(member.instance()));
    world.put("poison", "no JSON");
    world.mapping().runOnce();
    world.mapping().runOnce();
    assertThat(world.failureObjects())
        .as("no record is rejected before the function is ready")
        .isEmpty();
    assertThat(world.aws.calls().byAction("ec2")).isEmpty();
    assertThat(world.log()).contains("InitialisationFailures", "not ready");
    world.aws.faults().clear();
    world.runUntilIdle();
    fleet.assertMirrored();
    assertThat(world.failureObjects()).hasSize(1);
  }

  @Test
  void reportsThePositionOfAPolicyErrorAndRecoversOnceItIsFixed() {
    World world = World.withPolicy("vpcs:\n- vpcId: vpc-1\n  filterID: tmf-1\n");
    Fleet<Source> fleet = Source.oneOfEach(world.aws.ec2());
    fleet.members().forEach(member -> world.launch(member.instance()));
    world.mapping().runOnce();
    assertThat(world.log()).contains("policy.yaml:3:3", "filterId");
    world.policy(Source.POLICY);
    world.runUntilIdle();
    fleet.assertMirrored();
  }

  @Test
  void recoversFromInvalidSettingsWithoutLosingRecords() {
    World world = World.withPolicy(Source.POLICY);
    Fleet<Source> fleet = Source.oneOfEach(world.aws.ec2());
    world.variables().remove("MIRROR_FAILURE_BUCKET");
    world.variables().put("MIRROR_DRY_RUN", "perhaps");
    fleet.members().forEach(member -> world.launch(member.instance()));
    world.mapping().runOnce();
    assertThat(world.log()).contains("MIRROR_FAILURE_BUCKET", "MIRROR_DRY_RUN");
    world.variables().put("MIRROR_FAILURE_BUCKET", World.FAILURES);
    world.variables().remove("MIRROR_DRY_RUN");
    world.connect(MappingSettings.defaults(), world.environment());
    world.runUntilIdle();
    fleet.assertMirrored();
  }

  private static SessionView sessionOf(World world, Fleet.Member<Source> member) {
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
