package io.trafficmirror.soak;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(machine.expectation().rule()).isEqualTo(Expectation.Rule.MUST);
    assertThat(machine.expectation().acceptable()).containsExactly(Entry.RED);
    assertThat(machine.expectation().allows(7)).isTrue();
    assertThat(machine.expectation().allows(100)).as("it may have been modified").isTrue();
    assertThat(machine.expectation().allows(101)).isFalse();
  }

  @Test
  void whatMatchesNoLongerOrStandsStillMayHaveOne() {
    Machine retagged = machine(true, "blue");
    retagged.retag(Optional.empty(), NOW);
    assertThat(retagged.expectation().rule()).isEqualTo(Expectation.Rule.MAY);
    Machine stopped = machine(true, "blue");
    stopped.become("stopped");
    assertThat(stopped.expectation().rule()).isEqualTo(Expectation.Rule.MAY);
    assertThat(stopped.expectation().acceptable()).containsExactly(Entry.BLUE);
  }

  @Test
  void eventsAloneMakeRightWhatTheyToldOfSinceItsTagsChanged() {
    Machine machine = machine(true, "blue");
    assertThat(machine.expectationFromEvents(false).rule()).isEqualTo(Expectation.Rule.MAY);
    machine.tell(NOW);
    assertThat(machine.expectationFromEvents(false).rule()).isEqualTo(Expectation.Rule.MUST);
    assertThat(machine.expectationFromEvents(true).rule()).isEqualTo(Expectation.Rule.MAY);
    machine.retag(Optional.of("red"), NOW);
    assertThat(machine.expectationFromEvents(false).rule()).isEqualTo(Expectation.Rule.MAY);
    machine.tell(NOW.plusMillis(1_999));
    assertThat(machine.expectationFromEvents(false).rule())
        .as("reads may still show the tags of before")
        .isEqualTo(Expectation.Rule.MAY);
    machine.tell(NOW.plusSeconds(2));
    assertThat(machine.expectationFromEvents(false).rule()).isEqualTo(Expectation.Rule.MUST);
  }

  @Test
  void whatNeverMatchedOrCannotBeASourceMustHaveNone() {
    assertThat(machine(true, "off").expectation().rule()).isEqualTo(Expectation.Rule.NEVER);
    assertThat(machine(false, "blue").expectation().rule()).isEqualTo(Expectation.Rule.NEVER);
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
