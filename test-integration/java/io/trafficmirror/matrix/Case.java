package io.trafficmirror.matrix;

import java.util.Locale;

/** What the pipeline is doing while something goes wrong. */
enum Case {
  /** Runs over instances that nobody told of, page by page, one after the other. */
  BACKFILL,
  /** Instances launch, one after the other. */
  LAUNCH,
  /** GuardDuty reports instances that were there before. */
  FINDING,
  /** Instances launch whose targets have to be launched first: a pool grows from nothing. */
  GROWTH;

  /** Its name in tables. */
  String words() {
    return this == GROWTH ? "growth of a pool" : name().toLowerCase(Locale.ROOT);
  }
}
