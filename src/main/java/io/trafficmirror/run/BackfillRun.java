package io.trafficmirror.run;

import io.trafficmirror.event.MirrorEvent.BackfillPage;
import io.trafficmirror.port.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides where a backfill run goes from a page: on, to its end, or back to the start. Pure. */
public final class BackfillRun {

  private BackfillRun() {}

  /**
   * What comes after a page.
   *
   * @param step what the run does
   * @param next the record to put on the stream, if there is one
   * @param detail why, where the run does not simply go on
   */
  public record Turn(RunStep step, Optional<BackfillPage> next, String detail) {}

  /**
   * What comes after a page that was observed.
   *
   * @param current the page
   * @param nextToken EC2's token for the next page; empty after the last one
   */
  public static Turn after(
      PageRecord current, Optional<String> nextToken, Instant now, RunLimits limits) {
    BackfillPage page = current.page();
    if (nextToken.isEmpty()) {
      return new Turn(RunStep.COMPLETED, Optional.empty(), page.page() + " pages");
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
    return new Turn(RunStep.CONTINUED, Optional.of(next), "page " + next.page());
  }

  /** What comes after a page whose token, or whose whole request, EC2 refused. */
  public static Turn afterRefusal(
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
    return new Turn(RunStep.RESTARTED, Optional.of(next), failure.code());
  }

  /** What comes after a page that may not be read, when that is no delay of IAM's. */
  public static Turn denied(Failure failure) {
    return ended("denied: " + failure.code());
  }

  private static Turn ended(String why) {
    return new Turn(RunStep.ENDED_EARLY, Optional.empty(), why);
  }

  private static boolean isTooOld(PageRecord current, Instant now, RunLimits limits) {
    return Duration.between(current.runStartedAt(), now).compareTo(limits.maxTime()) > 0;
  }
}
