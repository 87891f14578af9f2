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
 * The reads of EC2 that this program needs. They are bulk, retry by themselves within the deadline,
 * and may be repeated at will; a throttled bulk read is never split. Expected failures are values.
 * Safe for use by several threads.
 */
public interface Ec2Reads {

  /**
   * The instances with these ids, in any state. Ids that EC2 does not know are left out.
   *
   * @param ids any number of them; each call names up to 200
   * @param deadline when to stop trying
   */
  Answer<List<Instance>> instances(Set<InstanceId> ids, Deadline deadline);

  /**
   * One page of all instances of the account and Region, in any state.
   *
   * @param size how many to request, 5 to 1,000; EC2 may return fewer, even none, though more pages
   *     follow
   * @param token the token of the page before; empty for the first page
   * @param deadline when to stop trying
   */
  Answer<InstancePage> page(int size, Optional<String> token, Deadline deadline);

  /**
   * All sessions on these interfaces, ours and foreign ones.
   *
   * @param sources any number of them; each call names up to 200
   * @param deadline when to stop trying
   */
  Answer<List<Session>> sessions(Set<InterfaceId> sources, Deadline deadline);

  /**
   * All sessions that go to these targets, ours and foreign ones.
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
   * The instances that were launched to be targets of a deployment, in any state.
   *
   * @param ownership whose deployment this is
   * @param deadline when to stop trying
   */
  Answer<List<PoolMember>> poolMembers(Ownership ownership, Deadline deadline);

  /**
   * One page of instances.
   *
   * @param instances perhaps none
   * @param nextToken the token of the next page; empty after the last one
   */
  record InstancePage(List<Instance> instances, Optional<String> nextToken) {
    /** Copies the list. */
    public InstancePage {
      instances = List.copyOf(instances);
    }
  }
}
