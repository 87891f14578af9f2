package io.trafficmirror.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.worlds.TestNetwork.Source;
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
 * The end-to-end scenarios, the same in every world. Each requests the setup that it needs, so it
 * can also run alone; in this order, the deployment is created once and changed twice. Each uses
 * its own instances and is therefore independent of the others.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class Scenarios {

  private ScenarioSteps steps;

  /** Opens the world, or aborts with the reason why it cannot be opened. */
  abstract World open();

  /** The name of the world in {@code -Dworlds.required}. */
  abstract String world();

  @BeforeAll
  void openWorld() {
    World world = WorldReport.open(world(), this::open);
    try {
      steps = new ScenarioSteps(world);
    } catch (RuntimeException | Error failed) {
      world.close();
      throw failed;
    }
  }

  @AfterAll
  void closeWorld() {
    if (steps != null) {
      steps.close();
    }
  }

  @Scenario
  @Order(1)
  void deployCreatesTheEventPath() {
    Deployed deployed = steps.deployed(Setup.FIRST);
    Clients aws = steps.world().clients();

    assertThat(
            aws.kinesis()
                .describeStreamSummary(request -> request.streamName(deployed.stream()))
                .streamDescriptionSummary()
                .streamStatus())
        .isEqualTo(StreamStatus.ACTIVE);
    assertThat(deployed.rules()).hasSize(2);
    assertThat(deployed.rules())
        .allSatisfy(
            rule ->
                assertThat(aws.events().describeRule(request -> request.name(rule)).state())
                    .isEqualTo(RuleState.ENABLED));
    aws.s3().headBucket(request -> request.bucket(deployed.bucket()));
    if (steps.supports(Capability.LAMBDA_FUNCTION)) {
      FunctionChecks.verify(aws, deployed);
    }
  }

  @Scenario
  @Order(2)
  void mirrorsALaunchedInstance() {
    steps.deployed(Setup.FIRST);
    Source launched = steps.network().launch("on");

    steps.emitRunning(launched);

    TrafficMirrorSession session = steps.session(launched);
    assertThat(session.trafficMirrorTargetId()).isEqualTo(steps.network().target());
    assertThat(session.trafficMirrorFilterId()).isEqualTo(steps.network().filter());
    assertThat(session.tags())
        .contains(
            Tag.builder().key("traffic-mirror-pipeline:deployment").value(Setup.NAME).build());
    assertThat(steps.records(launched))
        .as("the order per instance is kept, because its id is the partition key")
        .isNotEmpty()
        .allSatisfy(item -> assertThat(item.partitionKey()).isEqualTo(launched.id()));
  }

  @Scenario
  @Order(3)
  void doesNotMirrorAnInstanceWithoutAMatchingEntry() {
    steps.deployed(Setup.FIRST);
    Source other = steps.network().launch("off");

    steps.emitRunning(other);
    steps.waitUntilProcessed();

    assertThat(steps.network().sessions(other)).isEmpty();
    assertThat(steps.records(other)).isNotEmpty();
  }

  @Scenario
  @Order(4)
  void doesNotForwardAnEventWithoutAMatchingRule() {
    steps.deployed(Setup.FIRST);
    Source stopped = steps.network().launch("on");

    steps.emit(stopped, "stopped");
    steps.waitUntilProcessed();

    assertThat(steps.records(stopped)).isEmpty();
    assertThat(steps.network().sessions(stopped)).isEmpty();
  }

  @Scenario
  @Order(5)
  void mirrorsAnInstanceWithAFinding() {
    steps.deployed(Setup.FIRST);
    Source found = steps.network().launch("on");

    steps.emitFinding(found);

    assertThat(steps.session(found).trafficMirrorTargetId()).isEqualTo(steps.network().target());
    assertThat(steps.records(found))
        .isNotEmpty()
        .allSatisfy(item -> assertThat(item.partitionKey()).isEqualTo(found.id()));
  }

  @Scenario
  @Order(6)
  void backfillCoversAFleetOnSeveralPages() {
    steps.deployed(Setup.FIRST);
    List<Source> fleet =
        IntStream.range(0, 2 * Setup.PAGE_SIZE + 2)
            .mapToObj(i -> steps.network().launch("on"))
            .toList();

    // No world fires schedules yet, so the suite puts the record that the schedule would put.
    steps.supports(Capability.SCHEDULER);
    String run = steps.startRun();

    fleet.forEach(steps::session);
    String key = "backfill/" + steps.world().account() + "/" + steps.world().clients().region();
    assertThat(steps.pages(run))
        .hasSizeGreaterThanOrEqualTo(3)
        .allSatisfy(page -> assertThat(page.partitionKey()).isEqualTo(key));
  }

  @Scenario
  @Order(7)
  void storesAPoisonRecordAndProcessesTheNext() {
    Deployed deployed = steps.deployed(Setup.FIRST);
    Source next = steps.network().launch("on");
    String poison = "{\"broken\": " + UUID.randomUUID();

    // With the partition key of the next record, so that the poison record precedes it in the
    // shard.
    steps.put(next.id(), poison);
    steps.emitRunning(next);

    steps.session(next);
    assertThat(steps.storedFailures(deployed.bucket(), "rejected/"))
        .anySatisfy(
            failure -> {
              assertThat(failure.payload()).isEqualTo(poison);
              assertThat(failure.partitionKey()).isEqualTo(next.id());
            });
  }

  @Scenario
  @Order(8)
  void retriesATransientFailureWithoutLosingAnInstance() {
    if (!steps.supports(Capability.EC2_FAULTS)) {
      return;
    }
    steps.deployed(Setup.FIRST);
    List<Source> launched = Stream.generate(() -> steps.network().launch("on")).limit(3).toList();

    // More often than the SDK retries.
    steps.refuse("DescribeInstances", 5);
    launched.forEach(steps::emitRunning);

    assertThat(launched.stream().map(steps::session)).as("each has exactly one session").hasSize(3);
    assertThat(steps.refusals("DescribeInstances")).isEqualTo(5);
  }

  @Scenario
  @Order(9)
  void appliesAPolicyChange() {
    steps.deployed(Setup.FIRST);
    Source mirrored = steps.network().launch("on");
    Source later = steps.network().launch("later");
    steps.emitRunning(later);
    steps.emitRunning(mirrored);
    String session = steps.session(mirrored).trafficMirrorSessionId();
    steps.waitUntilProcessed();
    assertThat(steps.network().sessions(later)).isEmpty();

    steps.deployed(Setup.CHANGED);
    steps.startRun();

    assertThat(steps.session(later).trafficMirrorTargetId()).isEqualTo(steps.network().target());
    TrafficMirrorSession moved =
        steps.session(
            mirrored, s -> s.trafficMirrorTargetId().equals(steps.network().otherTarget()));
    assertThat(moved.trafficMirrorSessionId())
        .as("the existing session was modified")
        .isEqualTo(session);
  }

  @Scenario
  @Order(10)
  void disabledSwitchForwardsNothingAndDryRunChangesNothing() {
    steps.deployed(Setup.DRY_RUN);
    Source found = steps.network().launch("on");
    Source launched = steps.network().launch("on");
    List<TrafficMirrorSession> before = steps.allSessions();

    steps.emitFinding(found);
    steps.emitRunning(launched);
    steps.waitUntilLogged(launched);

    assertThat(steps.records(found))
        .as("records of a finding while findings are disabled")
        .isEmpty();
    assertThat(steps.records(launched)).isNotEmpty();
    assertThat(steps.allSessions()).isEqualTo(before);
  }

  @Scenario
  @Order(11)
  void destroyRemovesEveryResource() {
    steps.deployed(Setup.DRY_RUN);
    assertThat(steps.world().inventory()).as("resources of the deployment").isNotEmpty();

    steps.destroy();

    assertThat(steps.leftovers()).isEmpty();
  }
}
