package io.trafficmirror.harness;

/** The tags of target instances, and of their targets. */
public final class TargetTags {

  /** The deployment that launched it. */
  public static final String DEPLOYMENT = "traffic-mirror-pipeline:deployment";

  /** The pool that it belongs to. */
  public static final String POOL = "traffic-mirror-pipeline:pool";

  /** Its place in the pool, from 0. */
  public static final String SLOT = "traffic-mirror-pipeline:slot";

  /** The number of instances that had the same slot before it. */
  public static final String GENERATION = "traffic-mirror-pipeline:generation";

  private TargetTags() {}
}
