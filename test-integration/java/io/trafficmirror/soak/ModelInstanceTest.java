package io.trafficmirror.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.SessionCheck;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ModelInstanceTest {

  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  @Test
  void tagsTakePrecedenceOverSubnetsAndSubnetsOverVpcs() {
    assertThat(PolicyEntry.matching(Optional.of("blue"), PolicyEntry.WATCHED_SUBNET))
        .contains(PolicyEntry.BLUE);
    assertThat(PolicyEntry.matching(Optional.of("off"), PolicyEntry.WATCHED_SUBNET))
        .contains(PolicyEntry.SUBNET);
    assertThat(PolicyEntry.matching(Optional.empty(), PolicyEntry.SUBNET_OF_WATCHED_VPC))
        .contains(PolicyEntry.VPC);
    assertThat(PolicyEntry.matching(Optional.of("off"), PolicyEntry.PLAIN_SUBNET)).isEmpty();
  }

  @Test
  void aRunningMatchingInstanceMustHaveTheSessionOfItsCurrentEntry() {
    ModelInstance instance = instance(true, "blue");
    instance.retag(Optional.of("red"), NOW);
    assertThat(instance.expectation().rule()).isEqualTo(SessionCheck.Rule.MUST);
    assertThat(instance.expectation().expected().wanted())
        .containsExactly(PolicyEntry.RED.wanted());
    assertThat(instance.expectation().expected().numbers())
        .as("7, or 100 if it was modified")
        .contains(7, 100)
        .doesNotContain(101);
  }

  @Test
  void anInstanceThatNoLongerMatchesOrIsStoppedMayHaveASession() {
    ModelInstance retagged = instance(true, "blue");
    retagged.retag(Optional.empty(), NOW);
    assertThat(retagged.expectation().rule()).isEqualTo(SessionCheck.Rule.MAY);
    ModelInstance stopped = instance(true, "blue");
    stopped.setState("stopped");
    assertThat(stopped.expectation().rule()).isEqualTo(SessionCheck.Rule.MAY);
    assertThat(stopped.expectation().expected().wanted())
        .containsExactly(PolicyEntry.BLUE.wanted());
  }

  @Test
  void eventsRequireASessionOnlyAfterTheLastTagChange() {
    ModelInstance instance = instance(true, "blue");
    assertThat(instance.expectationFromEvents(false).rule()).isEqualTo(SessionCheck.Rule.MAY);
    instance.recordEvent(NOW);
    assertThat(instance.expectationFromEvents(false).rule()).isEqualTo(SessionCheck.Rule.MUST);
    assertThat(instance.expectationFromEvents(true).rule()).isEqualTo(SessionCheck.Rule.MAY);
    instance.retag(Optional.of("red"), NOW);
    assertThat(instance.expectationFromEvents(false).rule()).isEqualTo(SessionCheck.Rule.MAY);
    instance.recordEvent(NOW.plusMillis(1_999));
    assertThat(instance.expectationFromEvents(false).rule())
        .as("reads may still show the old tags")
        .isEqualTo(SessionCheck.Rule.MAY);
    instance.recordEvent(NOW.plusSeconds(2));
    assertThat(instance.expectationFromEvents(false).rule()).isEqualTo(SessionCheck.Rule.MUST);
  }

  @Test
  void anInstanceThatNeverMatchedOrCannotBeASourceMustHaveNoSession() {
    assertThat(instance(true, "off").expectation().rule()).isEqualTo(SessionCheck.Rule.NEVER);
    assertThat(instance(false, "blue").expectation().rule()).isEqualTo(SessionCheck.Rule.NEVER);
  }

  private static ModelInstance instance(boolean canBeSource, String tag) {
    return new ModelInstance(
        "i-1",
        "eni-1",
        PolicyEntry.PLAIN_SUBNET,
        canBeSource,
        Optional.empty(),
        Optional.of(tag),
        "running");
  }
}
