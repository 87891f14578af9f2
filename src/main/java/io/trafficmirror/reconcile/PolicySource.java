package io.trafficmirror.reconcile;

import io.trafficmirror.policy.PolicyResult;

/** Where the mirror policy comes from. */
public interface PolicySource {

  /**
   * Reads and parses it. May be repeated.
   *
   * @param deadline when to give up
   * @return the policy or its problems; a failure where it could not be read at all
   */
  Answer<PolicyResult> load(Deadline deadline);
}
