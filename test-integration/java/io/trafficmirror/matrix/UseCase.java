package io.trafficmirror.matrix;

import java.util.Locale;

/** The work of the pipeline during a fault. */
enum UseCase {
  /** Consecutive backfill runs over instances without events. */
  BACKFILL,
  /** Instances launch, one after the other. */
  LAUNCH,
  /** GuardDuty reports existing instances. */
  FINDING,
  /** Instances launch whose targets must be launched first: a pool grows from zero. */
  GROWTH;

  /** The name in tables. */
  String label() {
    return this == GROWTH ? "growth of a pool" : name().toLowerCase(Locale.ROOT);
  }
}
