package io.trafficmirror.harness;

/** Tag keys of target instances and of their mirror targets. */
public final class TargetTags {

  /** The deployment. */
  public static final String DEPLOYMENT = "traffic-mirror-pipeline:deployment";

  /** The digest of the pool. */
  public static final String POOL = "traffic-mirror-pipeline:pool";

  /** The slot in the pool, from 0. */
  public static final String SLOT = "traffic-mirror-pipeline:slot";

  /** The number of earlier instances in the same slot. */
  public static final String GENERATION = "traffic-mirror-pipeline:generation";

  private TargetTags() {}
}
