package io.trafficmirror.event;

import io.trafficmirror.event.MirrorEvent.BackfillPage;
import java.time.Instant;
import java.util.Optional;

/** Parses our own page records, written by {@link OwnEvents} or by hand by operators. */
final class PageParser {
  /**
   * The longest run id, in characters. It is a UUID or chosen by an operator, and every page of the
   * run carries it.
   */
  static final int MAX_RUN_ID = 256;

  private PageParser() {}

  static BackfillPage parse(Fields detail) throws MalformedEventException {
    return new BackfillPage(
        runId(detail),
        startedAt(detail),
        detail.integer("page", 1, 1, Integer.MAX_VALUE),
        detail.integer(
            "page-size", BackfillPage.DEFAULT_SIZE, BackfillPage.MIN_SIZE, BackfillPage.MAX_SIZE),
        detail.optionalText("token").filter(token -> !token.isEmpty()),
        detail.integer("restarts", 0, 0, Integer.MAX_VALUE));
  }

  /** The id of a run. */
  static String runId(Fields detail) throws MalformedEventException {
    String runId = detail.text("run-id");
    if (runId.isEmpty() || runId.length() > MAX_RUN_ID) {
      throw detail.invalid("run-id", "is not a string of 1 to %d characters".formatted(MAX_RUN_ID));
    }
    return runId;
  }

  private static Optional<Instant> startedAt(Fields detail) throws MalformedEventException {
    Optional<String> text = detail.optionalText("started-at");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> instant = EventParser.instant(text.get());
    if (instant.isEmpty()) {
      throw detail.invalid("started-at", "is not a timestamp in ISO 8601", text.get());
    }
    return instant;
  }
}
