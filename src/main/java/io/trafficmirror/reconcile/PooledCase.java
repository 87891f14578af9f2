package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.Screening;

/**
 * An instance that is to be mirrored to any target of a pool.
 *
 * @param look why it is looked at
 * @param instance the instance as it was observed
 * @param candidate what it needs
 * @param pool where its traffic goes
 */
record PooledCase(
    InstanceRequest look, Instance instance, Screening.Candidate candidate, Pool pool) {

  InterfaceId source() {
    return candidate.source();
  }
}
