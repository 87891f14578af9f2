package io.trafficmirror.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.event.MirrorEvent.BackfillPage;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.StreamRecord;
import io.trafficmirror.port.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackfillRunTest {

  private static final Instant START = VirtualTime.START;
  private static final RunLimits LIMITS = RunLimits.defaults();
  private static final Failure TOKEN_REFUSED =
      new Failure(FailureKind.PAGE_TOKEN_REFUSED, "InvalidNextToken", "no");

  @Test
  void aRunGoesOnWithEc2sTokenAndRemembersWhenItStarted() {
    PageRecord first =
        page(0, new BackfillPage("run-1", Optional.empty(), 1, 50, Optional.empty(), 0));
    BackfillRun.Turn turn =
        BackfillRun.after(first, Optional.of("t2"), START.plusSeconds(1), LIMITS);
    assertThat(turn.step()).isEqualTo(RunStep.CONTINUED);
    assertThat(turn.next())
        .contains(new BackfillPage("run-1", Optional.of(START), 2, 50, Optional.of("t2"), 0));
  }

  @Test
  void aPageWithoutATokenIsTheLastOne() {
    BackfillRun.Turn turn =
        BackfillRun.after(page(3, Optional.of("t3"), 0), Optional.empty(), START, LIMITS);
    assertThat(turn.step()).isEqualTo(RunStep.COMPLETED);
    assertThat(turn.next()).isEmpty();
  }

  @Test
  void aPageThatAnswersWithItsOwnTokenEndsTheRun() {
    assertEnded(
        BackfillRun.after(page(3, Optional.of("t3"), 0), Optional.of("t3"), START, LIMITS),
        "page-token-repeats");
  }

  @Test
  void aRunPastItsNumberOfPagesEnds() {
    assertEnded(
        BackfillRun.after(
            page(LIMITS.maxPages(), Optional.of("t3"), 0), Optional.of("t4"), START, LIMITS),
        "too-many-pages");
    assertThat(
            BackfillRun.after(
                    page(LIMITS.maxPages() - 1, Optional.of("t3"), 0),
                    Optional.of("t4"),
                    START,
                    LIMITS)
                .step())
        .isEqualTo(RunStep.CONTINUED);
  }

  @Test
  void aRunPastItsHoursEnds() {
    Instant late = START.plus(LIMITS.maxTime()).plusSeconds(1);
    assertEnded(
        BackfillRun.after(page(3, Optional.of("t3"), 0), Optional.of("t4"), late, LIMITS),
        "too-long");
    assertEnded(
        BackfillRun.afterRefusal(page(3, Optional.of("t3"), 0), TOKEN_REFUSED, late, LIMITS),
        "too-long");
  }

  @Test
  void aRefusedTokenStartsTheRunAgainABoundedNumberOfTimes() {
    BackfillRun.Turn turn =
        BackfillRun.afterRefusal(page(7, Optional.of("t7"), 2), TOKEN_REFUSED, START, LIMITS);
    assertThat(turn.step()).isEqualTo(RunStep.RESTARTED);
    assertThat(turn.next())
        .contains(new BackfillPage("run-1", Optional.of(START), 1, 200, Optional.empty(), 3));
    assertEnded(
        BackfillRun.afterRefusal(page(7, Optional.of("t7"), 3), TOKEN_REFUSED, START, LIMITS),
        "too-many-restarts: InvalidNextToken");
  }

  @Test
  void aFirstPageThatEc2RefusesIsNotRepeatedForEver() {
    assertEnded(
        BackfillRun.afterRefusal(page(1, Optional.empty(), 0), TOKEN_REFUSED, START, LIMITS),
        "page-refused: InvalidNextToken");
  }

  @Test
  void ofSeveralRunsTheNewestGoesOnWhateverItsPage() {
    PageRecord old = page(0, run("a", START, 9, 0));
    PageRecord young = page(1, run("b", START.plusSeconds(1), 1, 0));
    assertThat(PageRecord.survivor(List.of(old, young))).contains(young);
    assertThat(PageRecord.survivor(List.of(young, old))).contains(young);
  }

  @Test
  void ofOneRunThePageThatHasComeFurthestGoesOn() {
    PageRecord second = page(0, run("a", START, 2, 0));
    PageRecord third = page(1, run("a", START, 3, 0));
    PageRecord restarted = page(2, run("a", START, 1, 1));
    assertThat(PageRecord.survivor(List.of(third, second))).contains(third);
    assertThat(PageRecord.survivor(List.of(restarted, third, second))).contains(restarted);
  }

  @Test
  void ofCopiesTheLastOneGoesOnSoThatNoneIsDeliveredAgain() {
    PageRecord copy = page(0, run("a", START, 2, 0));
    PageRecord other = page(5, run("a", START, 2, 0));
    assertThat(PageRecord.survivor(List.of(copy, other))).contains(other);
    assertThat(PageRecord.survivor(List.of())).isEmpty();
  }

  private static void assertEnded(BackfillRun.Turn turn, String why) {
    assertThat(turn.step()).isEqualTo(RunStep.ENDED_EARLY);
    assertThat(turn.next()).isEmpty();
    assertThat(turn.detail()).isEqualTo(why);
  }

  private static BackfillPage run(String id, Instant startedAt, int page, int restarts) {
    return new BackfillPage(id, Optional.of(startedAt), page, 200, Optional.of("t"), restarts);
  }

  private static PageRecord page(int number, Optional<String> token, int restarts) {
    return page(0, new BackfillPage("run-1", Optional.of(START), number, 200, token, restarts));
  }

  private static PageRecord page(int position, BackfillPage page) {
    return new PageRecord(
        new StreamRecord(
            position, "arn", "shard", "1", "key", START.plus(Duration.ZERO), new byte[0]),
        page);
  }
}
