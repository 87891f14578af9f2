package io.trafficmirror.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.Judge;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MachineTest {

  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  @Test
  void tagsGoBeforeSubnetsAndSubnetsBeforeVpcs() {
    assertThat(Entry.wantedFor(Optional.of("blue"), Entry.WATCHED_SUBNET)).contains(Entry.BLUE);
    assertThat(Entry.wantedFor(Optional.of("off"), Entry.WATCHED_SUBNET)).contains(Entry.SUBNET);
    assertThat(Entry.wantedFor(Optional.empty(), Entry.SUBNET_OF_WATCHED_VPC)).contains(Entry.VPC);
    assertThat(Entry.wantedFor(Optional.of("off"), Entry.PLAIN_SUBNET)).isEmpty();
  }

  @Test
  void whatRunsAndMatchesMustHaveTheSessionOfTheEntryThatMatchesNow() {
    Machine machine = machine(true, "blue");
    machine.retag(Optional.of("red"), NOW);
    assertThat(machine.expectation().rule()).isEqualTo(Judge.Rule.MUST);
    assertThat(machine.expectation().expected().wanted()).containsExactly(Entry.RED.wanted());
    assertThat(machine.expectation().expected().numbers())
        .as("7, or 100 where it was modified")
        .contains(7, 100)
        .doesNotContain(101);
  }

  @Test
  void whatMatchesNoLongerOrStandsStillMayHaveOne() {
    Machine retagged = machine(true, "blue");
    retagged.retag(Optional.empty(), NOW);
    assertThat(retagged.expectation().rule()).isEqualTo(Judge.Rule.MAY);
    Machine stopped = machine(true, "blue");
    stopped.become("stopped");
    assertThat(stopped.expectation().rule()).isEqualTo(Judge.Rule.MAY);
    assertThat(stopped.expectation().expected().wanted()).containsExactly(Entry.BLUE.wanted());
  }

  @Test
  void eventsAloneMakeRightWhatTheyToldOfSinceItsTagsChanged() {
    Machine machine = machine(true, "blue");
    assertThat(machine.expectationFromEvents(false).rule()).isEqualTo(Judge.Rule.MAY);
    machine.tell(NOW);
    assertThat(machine.expectationFromEvents(false).rule()).isEqualTo(Judge.Rule.MUST);
    assertThat(machine.expectationFromEvents(true).rule()).isEqualTo(Judge.Rule.MAY);
    machine.retag(Optional.of("red"), NOW);
    assertThat(machine.expectationFromEvents(false).rule()).isEqualTo(Judge.Rule.MAY);
    machine.tell(NOW.plusMillis(1_999));
    assertThat(machine.expectationFromEvents(false).rule())
        .as("reads may still show the tags of before")
        .isEqualTo(Judge.Rule.MAY);
    machine.tell(NOW.plusSeconds(2));
    assertThat(machine.expectationFromEvents(false).rule()).isEqualTo(Judge.Rule.MUST);
  }

  @Test
  void whatNeverMatchedOrCannotBeASourceMustHaveNone() {
    assertThat(machine(true, "off").expectation().rule()).isEqualTo(Judge.Rule.NEVER);
    assertThat(machine(false, "blue").expectation().rule()).isEqualTo(Judge.Rule.NEVER);
  }

  private static Machine machine(boolean canBeSource, String tag) {
    return new Machine(
        "i-1",
        "eni-1",
        Entry.PLAIN_SUBNET,
        canBeSource,
        Optional.empty(),
        Optional.of(tag),
        "running");
  }
}
