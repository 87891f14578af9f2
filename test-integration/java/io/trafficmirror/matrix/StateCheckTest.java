package io.trafficmirror.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.InstanceSeed;
import io.trafficmirror.embedded.VirtualClock;
import io.trafficmirror.harness.DeploymentOptions;
import io.trafficmirror.harness.ForeignSessions;
import io.trafficmirror.harness.RunningDeployment;
import io.trafficmirror.harness.SessionCheck;
import io.trafficmirror.harness.SourceFleet;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StateCheckTest {

  private static final String FIRST = "eni-00000000000000000";
  private static final String SECOND = "eni-00000000000000001";

  private final RunningDeployment world =
      RunningDeployment.create(new VirtualClock(), DeploymentOptions.asShipped());
  private final SourceFleet fleet = SourceFleet.of(world, 2);
  private final Bystanders bystanders = new Bystanders(world.aws().ec2());
  private final StateCheck check =
      new StateCheck(world, fleet, bystanders, new PoolTargets(world), false);

  @BeforeEach
  void addAForeignSessionToTheFirstInstance() {
    bystanders.foreignSession(FIRST);
  }

  private void session(String id, String source, String target, String filter, int number) {
    world
        .aws()
        .ec2()
        .putSession(
            id,
            source,
            target,
            filter,
            number,
            SessionCheck.managedTags(source.replace("eni-", "i-")));
  }

  private void createCorrectSessions() {
    session("tms-1", FIRST, SourceFleet.TARGET, SourceFleet.FILTER, 101);
    session("tms-2", SECOND, SourceFleet.TARGET, SourceFleet.FILTER, 100);
  }

  private Tally tally() {
    return check.tally(Duration.ZERO, true);
  }

  @Test
  void findsNothingInACorrectState() {
    createCorrectSessions();
    assertThat(tally())
        .extracting(Tally::sessions, Tally::missing, Tally::wrong, Tally::doubled)
        .containsExactly(2, 0, 0, 0);
  }

  @Test
  void reportsAnInstanceWithoutASessionAsMissing() {
    session("tms-2", SECOND, SourceFleet.TARGET, SourceFleet.FILTER, 100);
    assertThat(tally().missing()).isEqualTo(1);
  }

  @Test
  void reportsASecondSessionAsDouble() {
    createCorrectSessions();
    session("tms-3", SECOND, SourceFleet.TARGET, SourceFleet.FILTER, 7);
    assertThat(tally().doubled()).isEqualTo(1);
  }

  @Test
  void reportsAnotherTargetOrNumberAsWrong() {
    session("tms-1", FIRST, ForeignSessions.TARGET, SourceFleet.FILTER, 101);
    session("tms-2", SECOND, SourceFleet.TARGET, SourceFleet.FILTER, 99);
    assertThat(tally().wrong()).isEqualTo(2);
  }

  @Test
  void reportsASessionOfAnUnmatchedInstanceAsWrong() {
    createCorrectSessions();
    session("tms-3", "eni-0other2", SourceFleet.TARGET, SourceFleet.FILTER, 100);
    assertThat(tally().wrong()).isEqualTo(1);
  }

  @Test
  void reportsASurplusTargetInstanceAsWrong() {
    createCorrectSessions();
    world
        .aws()
        .ec2()
        .putInstance(
            InstanceSeed.running("i-0target", "t3.micro", "subnet-0other", "eni-0target")
                .withTags(Map.of("traffic-mirror-pipeline:deployment", "prod")));
    assertThat(tally().wrong()).isEqualTo(2);
  }

  @Test
  void reportsUnacknowledgedRecordsAndUnstoredPoisonAsLost() {
    createCorrectSessions();
    world.put("key", "never delivered");
    assertThat(tally().lost()).isEqualTo(1 + MatrixRun.POISON.size());
  }
}
