package io.trafficmirror.port;

import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.TargetId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The EC2 reads that this program needs. Each reads in bulk, retries within the deadline, and may
 * be repeated; a throttled bulk read is never split. Expected failures are values. Safe for use by
 * several threads.
 */
public interface Ec2Reads {

  /**
   * The instances with these ids, in any state. Ids that EC2 does not know are omitted from the
   * result.
   *
   * @param ids any number of them; each call names up to 200
   * @param deadline when to stop trying
   */
  Answer<List<Instance>> instances(Set<InstanceId> ids, Deadline deadline);

  /**
   * One page of all instances of the account and Region, in any state.
   *
   * @param size the requested page size, 5 to 1,000; EC2 may return fewer, even none, although more
   *     pages follow
   * @param token the token from the previous page; empty for the first page
   * @param deadline when to stop trying
   */
  Answer<InstancePage> page(int size, Optional<String> token, Deadline deadline);

  /**
   * All sessions on these interfaces, ours and foreign.
   *
   * @param sources any number of them; each call names up to 200
   * @param deadline when to stop trying
   */
  Answer<List<Session>> sessions(Set<InterfaceId> sources, Deadline deadline);

  /**
   * All sessions that go to these targets, ours and foreign.
   *
   * @param targets any number of them; each call names up to 200
   * @param deadline when to stop trying
   */
  Answer<List<Session>> sessionsTo(Set<TargetId> targets, Deadline deadline);

  /**
   * The mirror targets of the account.
   *
   * @param deadline when to stop trying
   */
  Answer<List<MirrorTarget>> targets(Deadline deadline);

  /**
   * The instances launched as targets of a deployment, in any state.
   *
   * @param ownership the deployment
   * @param deadline when to stop trying
   */
  Answer<List<PoolMember>> poolMembers(Ownership ownership, Deadline deadline);

  /**
   * One page of instances.
   *
   * @param instances the instances; may be empty
   * @param nextToken the token of the next page; empty after the last one
   */
  record InstancePage(List<Instance> instances, Optional<String> nextToken) {
    /** Copies the list. */
    public InstancePage {
      instances = List.copyOf(instances);
    }
  }
}
