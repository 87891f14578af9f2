package io.trafficmirror.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.InstanceView;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.embedded.TargetView;
import io.trafficmirror.harness.Discrepancies;
import io.trafficmirror.harness.ForeignSessions;
import io.trafficmirror.harness.SessionCheck;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SessionJudgeTest {

  private static final Map<String, String> OURS = tagsNaming("i-1");

  private static final TargetView POOL_TARGET =
      new TargetView("tmt-pool", Optional.of("eni-sensor"), Optional.empty(), Map.of());

  @Test
  void acceptsTheRequiredSession() {
    assertThat(judge(must(PolicyEntry.BLUE), blue(100))).isEqualTo(Discrepancies.none());
  }

  @Test
  void reportsARequiredSessionThatIsMissingAsLost() {
    assertThat(judge(must(PolicyEntry.BLUE)).lost()).singleElement().asString().contains("i-1");
  }

  @Test
  void reportsASecondManagedSessionAsDoubled() {
    Discrepancies findings = judge(must(PolicyEntry.BLUE), blue(100), blue(100));
    assertThat(findings.doubled()).singleElement().asString().contains("i-1");
    assertThat(findings.lost()).isEmpty();
  }

  @Test
  void reportsAnotherTargetFilterNumberOrInstanceTagAsWrong() {
    Expectation blue = must(PolicyEntry.BLUE);
    assertThat(judge(blue, session("tmt-0red", "tmf-0blue", 100, OURS)).wrong()).hasSize(1);
    assertThat(judge(blue, session("tmt-0blue", "tmf-0red", 100, OURS)).wrong()).hasSize(1);
    assertThat(judge(blue, blue(101)).wrong()).hasSize(1);
    assertThat(judge(blue, session("tmt-0blue", "tmf-0blue", 100, tagsNaming("i-2"))).wrong())
        .hasSize(1);
  }

  @Test
  void reportsTheSessionOfAnEarlierEntryAsWrong() {
    Expectation red = must(PolicyEntry.RED, PolicyEntry.BLUE);
    assertThat(judge(red, blue(100)).wrong()).hasSize(1);
    assertThat(judge(red, session("tmt-0red", "tmf-0red", 100, OURS)).isNone())
        .as("a session that was modified keeps its number")
        .isTrue();
  }

  @Test
  void reportsASessionOnAnInstanceThatMustHaveNoneAsWrong() {
    Expectation never = expectation(SessionCheck.Rule.NEVER, List.of(), Optional.empty());
    assertThat(judge(never).isNone()).isTrue();
    assertThat(judge(never, blue(100)).wrong()).hasSize(1);
  }

  @Test
  void allowsOnlyTheOldSessionOnAnInstanceThatNoLongerMatches() {
    Expectation may =
        expectation(SessionCheck.Rule.MAY, List.of(PolicyEntry.BLUE), Optional.empty());
    assertThat(judge(may).isNone()).isTrue();
    assertThat(judge(may, blue(100)).isNone()).isTrue();
    assertThat(judge(may, session("tmt-0red", "tmf-0red", 100, OURS)).wrong()).hasSize(1);
    assertThat(judge(may, blue(100), blue(100)).doubled()).hasSize(1);
  }

  @Test
  void reportsASessionOnADeletedInterfaceAsWrong() {
    SessionView stray = new SessionView("tms-9", "eni-9", "tmt", "tmf", 1, OURS, Instant.EPOCH);
    assertThat(judge(must(PolicyEntry.BLUE), blue(100), stray).wrong())
        .singleElement()
        .asString()
        .contains("eni-9");
  }

  @Test
  void requiresTheNextNumberBesideAnUnchangedForeignSession() {
    Expectation beside =
        expectation(SessionCheck.Rule.MUST, List.of(PolicyEntry.BLUE), Optional.of("tms-foreign"));
    assertThat(judge(beside, foreign(ForeignSessions.TARGET), blue(101)).isNone()).isTrue();
    assertThat(judge(beside, foreign(ForeignSessions.TARGET), blue(100)).wrong()).hasSize(1);
    assertThat(judge(beside, blue(101)).wrong()).as("the foreign session was deleted").hasSize(1);
    assertThat(judge(beside, foreign("tmt-0blue"), blue(101)).wrong())
        .as("the foreign session was changed")
        .hasSize(1);
  }

  @Test
  void requiresARunningTargetOnDemandThatFollowsThePolicy() {
    assertThat(judgeIn(List.of(sensor("running", PolicyEntry.SENSOR_TYPE))).isNone()).isTrue();
    assertThat(judgeIn(List.of(sensor("stopped", PolicyEntry.SENSOR_TYPE))).wrong()).hasSize(1);
    assertThat(judgeIn(List.of(sensor("running", "t3.nano"))).wrong()).hasSize(1);
    assertThat(judgeIn(List.of()).wrong()).hasSize(1);
  }

  private static Discrepancies judgeIn(List<InstanceView> instances) {
    SessionView pooled = session("tmt-pool", "tmf-0pool", 100, OURS);
    return SessionJudge.judge(
        List.of(must(PolicyEntry.POOL)), List.of(pooled), List.of(POOL_TARGET), instances);
  }

  private static InstanceView sensor(String state, String type) {
    return TargetsOnDemandTest.sensor(state, type, PolicyEntry.SENSOR_IMAGE);
  }

  private static Discrepancies judge(Expectation expectation, SessionView... sessions) {
    return SessionJudge.judge(List.of(expectation), List.of(sessions), List.of(), List.of());
  }

  private static Expectation must(PolicyEntry... entries) {
    return expectation(SessionCheck.Rule.MUST, List.of(entries), Optional.empty());
  }

  private static Expectation expectation(
      SessionCheck.Rule rule, List<PolicyEntry> entries, Optional<String> foreign) {
    return new Expectation("i-1", "eni-1", rule, entries, foreign);
  }

  private static Map<String, String> tagsNaming(String instance) {
    return Map.of(
        "traffic-mirror-pipeline:deployment", "prod", "traffic-mirror-pipeline:instance", instance);
  }

  private static SessionView blue(int number) {
    return session("tmt-0blue", "tmf-0blue", number, OURS);
  }

  private static SessionView foreign(String target) {
    Map<String, String> tags = Map.of("team", "another");
    return new SessionView(
        "tms-foreign", "eni-1", target, ForeignSessions.FILTER, 100, tags, Instant.EPOCH);
  }

  private static SessionView session(
      String target, String filter, int number, Map<String, String> tags) {
    return new SessionView("tms-1", "eni-1", target, filter, number, tags, Instant.EPOCH);
  }
}
