package io.trafficmirror.run;

/** What a backfill run does after a page. */
public enum RunStep {
  /** The next page is put on the stream. */
  CONTINUED("continued"),
  /** The page was the last one. */
  COMPLETED("completed"),
  /** EC2 refused the page token; the run restarts with a first page. */
  RESTARTED("restarted"),
  /** Another page record in the batch makes this one redundant. */
  MERGED("merged"),
  /** The run ended before its last page, for the reason in the detail. */
  ENDED_EARLY("ended-early");

  private final String label;

  RunStep(String label) {
    this.label = label;
  }

  /** Its name in logs and metrics. */
  public String label() {
    return label;
  }
}
