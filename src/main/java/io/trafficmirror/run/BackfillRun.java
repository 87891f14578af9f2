package io.trafficmirror.run;

import io.trafficmirror.event.MirrorEvent.BackfillPage;
import io.trafficmirror.port.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides how a backfill run proceeds after a page: with the next page, with a restart, or not at
 * all. Pure.
 */
public final class BackfillRun {

  private BackfillRun() {}

  /**
   * How the run proceeds after a page.
   *
   * @param step what the run does next
   * @param next the page to put on the stream, if any
   * @param detail the details of the step for logs: why the run restarts or ends early, or a page
   *     number or count
   */
  public record Decision(RunStep step, Optional<BackfillPage> next, String detail) {}

  /**
   * Decides after a page that was read successfully.
   *
   * @param current the page
   * @param nextToken EC2's token for the next page; empty after the last one
   */
  public static Decision after(
      PageRecord current, Optional<String> nextToken, Instant now, RunLimits limits) {
    BackfillPage page = current.page();
    if (nextToken.isEmpty()) {
      return new Decision(RunStep.COMPLETED, Optional.empty(), page.page() + " pages");
    }
    if (nextToken.equals(page.token())) {
      return ended("page-token-repeats");
    }
    if (page.page() >= limits.maxPages()) {
      return ended("too-many-pages");
    }
    if (isTooOld(current, now, limits)) {
      return ended("too-long");
    }
    BackfillPage next =
        new BackfillPage(
            page.runId(),
            Optional.of(current.runStartedAt()),
            page.page() + 1,
            page.size(),
            nextToken,
            page.restarts());
    return new Decision(RunStep.CONTINUED, Optional.of(next), "page " + next.page());
  }

  /** Decides after a page whose token, or whose request as a whole, EC2 refused. */
  public static Decision afterRefusal(
      PageRecord current, Failure failure, Instant now, RunLimits limits) {
    BackfillPage page = current.page();
    if (page.token().isEmpty()) {
      return ended("page-refused: " + failure.code());
    }
    if (page.restarts() >= limits.maxRestarts()) {
      return ended("too-many-restarts: " + failure.code());
    }
    if (isTooOld(current, now, limits)) {
      return ended("too-long");
    }
    BackfillPage next =
        new BackfillPage(
            page.runId(),
            Optional.of(current.runStartedAt()),
            1,
            page.size(),
            Optional.empty(),
            page.restarts() + 1);
    return new Decision(RunStep.RESTARTED, Optional.of(next), failure.code());
  }

  /** Ends the run after a permission error that a delay in IAM does not explain. */
  public static Decision denied(Failure failure) {
    return ended("denied: " + failure.code());
  }

  private static Decision ended(String why) {
    return new Decision(RunStep.ENDED_EARLY, Optional.empty(), why);
  }

  private static boolean isTooOld(PageRecord current, Instant now, RunLimits limits) {
    return Duration.between(current.runStartedAt(), now).compareTo(limits.maxTime()) > 0;
  }
}
