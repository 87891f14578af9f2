package io.trafficmirror.run;

import io.trafficmirror.event.MirrorEvent.BackfillPage;
import io.trafficmirror.port.StreamRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A page of a backfill run, and the record that brought it.
 *
 * @param record the record
 * @param page the page
 */
public record PageRecord(StreamRecord record, BackfillPage page) {

  /** When the run started: a first page that does not say so starts it by arriving. */
  public Instant runStartedAt() {
    return page.startedAt().orElse(record.arrivedAt());
  }

  /**
   * The one page of a batch that goes on: of several runs the newest, of one run the page that has
   * come furthest, of copies the last, so that none of them is delivered again once it is
   * acknowledged.
   */
  public static Optional<PageRecord> survivor(List<PageRecord> pages) {
    return pages.stream()
        .max(
            Comparator.comparing(PageRecord::runStartedAt)
                .thenComparing(p -> p.page().runId())
                .thenComparingInt(p -> p.page().restarts())
                .thenComparingInt(p -> p.page().page())
                .thenComparingInt(p -> p.record().position()));
  }
}
