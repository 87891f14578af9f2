package io.trafficmirror.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.worlds.Ground.Source;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * The scenarios from end to end, the same in every world. Each asks for the setup that it needs, so
 * one alone can be run as well; in this order the deployment is made once and changed twice. Each
 * has instances of its own, so that none stands in another's way.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class Scenarios {

  private Play play;

  /** Opens the world; where it cannot be, aborts with the reason. */
  abstract World open();

  /** What the world is called in {@code -Dworlds.required}. */
  abstract String world();

  @BeforeAll
  void begin() {
    World world = Outcomes.opened(world(), this::open);
    try {
      play = new Play(world);
    } catch (RuntimeException | Error failed) {
      world.close();
      throw failed;
    }
  }

  @AfterAll
  void end() {
    if (play != null) {
      play.close();
    }
  }

  @Scenario
  @Order(1)
  void deployMakesWhatAnEventPassesThrough() {
    Deployed there = play.deployed(Setup.FIRST);
    Clients aws = play.world().clients();

    assertThat(
            aws.kinesis()
                .describeStreamSummary(ask -> ask.streamName(there.stream()))
                .streamDescriptionSummary()
                .streamStatus())
        .isEqualTo(StreamStatus.ACTIVE);
    assertThat(there.rules()).hasSize(2);
    assertThat(there.rules())
        .allSatisfy(
            rule ->
                assertThat(aws.events().describeRule(ask -> ask.name(rule)).state())
                    .isEqualTo(RuleState.ENABLED));
    aws.s3().headBucket(ask -> ask.bucket(there.bucket()));
    if (play.claims(Claim.THE_FUNCTION_IS_CONFIGURED)) {
      FunctionClaims.hold(aws, there);
    }
  }

  @Scenario
  @Order(2)
  void aLaunchIsMirrored() {
    play.deployed(Setup.FIRST);
    Source launched = play.ground().launch("on");

    play.running(launched);

    TrafficMirrorSession session = play.session(launched);
    assertThat(session.trafficMirrorTargetId()).isEqualTo(play.ground().target());
    assertThat(session.trafficMirrorFilterId()).isEqualTo(play.ground().filter());
    assertThat(session.tags())
        .contains(
            Tag.builder().key("traffic-mirror-pipeline:deployment").value(Setup.NAME).build());
    assertThat(play.records(launched))
        .as("the order per instance is kept where its id is the partition key")
        .isNotEmpty()
        .allSatisfy(item -> assertThat(item.partitionKey()).isEqualTo(launched.id()));
  }

  @Scenario
  @Order(3)
  void whatNoEntryMatchesIsNotMirrored() {
    play.deployed(Setup.FIRST);
    Source other = play.ground().launch("off");

    play.running(other);
    play.waitUntilWorkedThrough();

    assertThat(play.ground().sessions(other)).isEmpty();
    assertThat(play.records(other)).isNotEmpty();
  }

  @Scenario
  @Order(4)
  void anEventThatTheRulesDoNotMatchGoesNowhere() {
    play.deployed(Setup.FIRST);
    Source stopped = play.ground().launch("on");

    play.emit(stopped, "stopped");
    play.waitUntilWorkedThrough();

    assertThat(play.records(stopped)).isEmpty();
    assertThat(play.ground().sessions(stopped)).isEmpty();
  }

  @Scenario
  @Order(5)
  void aFindingIsMirrored() {
    play.deployed(Setup.FIRST);
    Source found = play.ground().launch("on");

    play.finding(found);

    assertThat(play.session(found).trafficMirrorTargetId()).isEqualTo(play.ground().target());
    assertThat(play.records(found))
        .isNotEmpty()
        .allSatisfy(item -> assertThat(item.partitionKey()).isEqualTo(found.id()));
  }

  @Scenario
  @Order(6)
  void aBackfillCoversAFleetOverSeveralPages() {
    play.deployed(Setup.FIRST);
    List<Source> fleet =
        IntStream.range(0, 2 * Setup.PAGE_SIZE + 2)
            .mapToObj(i -> play.ground().launch("on"))
            .toList();

    // Where the schedule does not fire, and no world's does yet, the suite puts what it would put.
    play.claims(Claim.THE_SCHEDULE_FIRES);
    String run = play.startRun();

    fleet.forEach(play::session);
    String key = "backfill/" + play.world().account() + "/" + play.world().clients().region();
    assertThat(play.pages(run))
        .hasSizeGreaterThanOrEqualTo(3)
        .allSatisfy(page -> assertThat(page.partitionKey()).isEqualTo(key));
  }

  @Scenario
  @Order(7)
  void aPoisonRecordIsKeptAsideAndTheShardGoesOn() {
    Deployed there = play.deployed(Setup.FIRST);
    Source next = play.ground().launch("on");
    String poison = "{\"broken\": " + UUID.randomUUID();

    // Under the key of the next one, so that it stands in its way.
    play.put(next.id(), poison);
    play.running(next);

    play.session(next);
    assertThat(play.kept(there.bucket(), "rejected/"))
        .anySatisfy(
            kept -> {
              assertThat(kept.payload()).isEqualTo(poison);
              assertThat(kept.partitionKey()).isEqualTo(next.id());
            });
  }

  @Scenario
  @Order(8)
  void aRetryableFailureIsRetriedAndNothingIsLost() {
    if (!play.claims(Claim.TROUBLE_IS_RETRIED)) {
      return;
    }
    play.deployed(Setup.FIRST);
    List<Source> launched = Stream.generate(() -> play.ground().launch("on")).limit(3).toList();

    // More often than the SDK tries by itself.
    play.refuse("DescribeInstances", 5);
    launched.forEach(play::running);

    assertThat(launched.stream().map(play::session))
        .as("each has one session, and no more")
        .hasSize(3);
    assertThat(play.refusals("DescribeInstances")).isEqualTo(5);
  }

  @Scenario
  @Order(9)
  void aPolicyChangeTakesEffect() {
    play.deployed(Setup.FIRST);
    Source mirrored = play.ground().launch("on");
    Source later = play.ground().launch("later");
    play.running(later);
    play.running(mirrored);
    String session = play.session(mirrored).trafficMirrorSessionId();
    play.waitUntilWorkedThrough();
    assertThat(play.ground().sessions(later)).isEmpty();

    play.deployed(Setup.CHANGED);
    play.startRun();

    assertThat(play.session(later).trafficMirrorTargetId()).isEqualTo(play.ground().target());
    TrafficMirrorSession moved =
        play.session(mirrored, s -> s.trafficMirrorTargetId().equals(play.ground().otherTarget()));
    assertThat(moved.trafficMirrorSessionId()).as("moved, not made anew").isEqualTo(session);
  }

  @Scenario
  @Order(10)
  void aSwitchThatIsOffForwardsNothingAndADryRunTouchesNothing() {
    play.deployed(Setup.QUIET);
    Source found = play.ground().launch("on");
    Source launched = play.ground().launch("on");
    List<TrafficMirrorSession> before = play.allSessions();

    play.finding(found);
    play.running(launched);
    play.waitUntilLogged(launched);

    assertThat(play.records(found)).as("of a finding, where findings are off").isEmpty();
    assertThat(play.records(launched)).isNotEmpty();
    assertThat(play.allSessions()).isEqualTo(before);
  }

  @Scenario
  @Order(11)
  void destroyLeavesNothing() {
    play.deployed(Setup.QUIET);
    assertThat(play.world().inventory()).as("what a deployment makes").isNotEmpty();

    play.destroy();

    assertThat(play.leftovers()).isEmpty();
  }
}
