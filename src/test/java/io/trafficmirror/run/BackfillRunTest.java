package io.trafficmirror.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.event.MirrorEvent.BackfillPage;
import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.StreamRecord;
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
  void continuesWithEc2sTokenAndKeepsTheStartTime() {
    PageRecord first =
        page(0, new BackfillPage("run-1", Optional.empty(), 1, 50, Optional.empty(), 0));
    BackfillRun.Decision decision =
        BackfillRun.after(first, Optional.of("t2"), START.plusSeconds(1), LIMITS);
    assertThat(decision.step()).isEqualTo(RunStep.CONTINUED);
    assertThat(decision.next())
        .contains(new BackfillPage("run-1", Optional.of(START), 2, 50, Optional.of("t2"), 0));
  }

  @Test
  void completesAfterAPageWithoutANextToken() {
    BackfillRun.Decision decision =
        BackfillRun.after(page(3, Optional.of("t3"), 0), Optional.empty(), START, LIMITS);
    assertThat(decision.step()).isEqualTo(RunStep.COMPLETED);
    assertThat(decision.next()).isEmpty();
  }

  @Test
  void endsIfAPageReturnsItsOwnToken() {
    assertEnded(
        BackfillRun.after(page(3, Optional.of("t3"), 0), Optional.of("t3"), START, LIMITS),
        "page-token-repeats");
  }

  @Test
  void endsAfterTheMaximumNumberOfPages() {
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
  void endsAfterTheMaximumTime() {
    Instant late = START.plus(LIMITS.maxTime()).plusSeconds(1);
    assertEnded(
        BackfillRun.after(page(3, Optional.of("t3"), 0), Optional.of("t4"), late, LIMITS),
        "too-long");
    assertEnded(
        BackfillRun.afterRefusal(page(3, Optional.of("t3"), 0), TOKEN_REFUSED, late, LIMITS),
        "too-long");
  }

  @Test
  void restartsAfterARefusedTokenUpToTheLimit() {
    BackfillRun.Decision decision =
        BackfillRun.afterRefusal(page(7, Optional.of("t7"), 2), TOKEN_REFUSED, START, LIMITS);
    assertThat(decision.step()).isEqualTo(RunStep.RESTARTED);
    assertThat(decision.next())
        .contains(new BackfillPage("run-1", Optional.of(START), 1, 200, Optional.empty(), 3));
    assertEnded(
        BackfillRun.afterRefusal(page(7, Optional.of("t7"), 3), TOKEN_REFUSED, START, LIMITS),
        "too-many-restarts: InvalidNextToken");
  }

  @Test
  void endsIfTheFirstPageIsRefused() {
    assertEnded(
        BackfillRun.afterRefusal(page(1, Optional.empty(), 0), TOKEN_REFUSED, START, LIMITS),
        "page-refused: InvalidNextToken");
  }

  @Test
  void choosesTheNewestRunWhateverItsPage() {
    PageRecord old = page(0, run("a", START, 9, 0));
    PageRecord young = page(1, run("b", START.plusSeconds(1), 1, 0));
    assertThat(PageRecord.newest(List.of(old, young))).contains(young);
    assertThat(PageRecord.newest(List.of(young, old))).contains(young);
  }

  @Test
  void choosesTheLatestPageOfARun() {
    PageRecord second = page(0, run("a", START, 2, 0));
    PageRecord third = page(1, run("a", START, 3, 0));
    PageRecord restarted = page(2, run("a", START, 1, 1));
    assertThat(PageRecord.newest(List.of(third, second))).contains(third);
    assertThat(PageRecord.newest(List.of(restarted, third, second))).contains(restarted);
  }

  @Test
  void choosesTheLastOfSeveralCopies() {
    PageRecord copy = page(0, run("a", START, 2, 0));
    PageRecord other = page(5, run("a", START, 2, 0));
    assertThat(PageRecord.newest(List.of(copy, other))).contains(other);
    assertThat(PageRecord.newest(List.of())).isEmpty();
  }

  private static void assertEnded(BackfillRun.Decision decision, String why) {
    assertThat(decision.step()).isEqualTo(RunStep.ENDED_EARLY);
    assertThat(decision.next()).isEmpty();
    assertThat(decision.detail()).isEqualTo(why);
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
