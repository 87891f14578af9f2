package io.trafficmirror.run;

import io.trafficmirror.event.MirrorEvent.BackfillPage;
import io.trafficmirror.port.StreamRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A page of a backfill run, and the record that contained it.
 *
 * @param record the record
 * @param page the page
 */
public record PageRecord(StreamRecord record, BackfillPage page) {

  /**
   * When the run started. A first page without a start time starts the run when its record arrives.
   */
  public Instant runStartedAt() {
    return page.startedAt().orElse(record.arrivedAt());
  }

  /**
   * The page of a batch that is processed; the others are merged into it. It belongs to the newest
   * run and is the latest page of that run, where a restart counts more than the page number. Of
   * several copies it is the last in the batch, so that acknowledging it acknowledges them all.
   */
  public static Optional<PageRecord> newest(List<PageRecord> pages) {
    return pages.stream()
        .max(
            Comparator.comparing(PageRecord::runStartedAt)
                .thenComparing(p -> p.page().runId())
                .thenComparingInt(p -> p.page().restarts())
                .thenComparingInt(p -> p.page().page())
                .thenComparingInt(p -> p.record().position()));
  }
}
