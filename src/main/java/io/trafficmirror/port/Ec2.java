package io.trafficmirror.port;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.TargetId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The part of EC2 that this program needs. Reads are bulk, retry by themselves within the deadline,
 * and may be repeated at will; a throttled bulk read is never split. A write is one attempt, and
 * may be repeated with the same client token. Expected failures are values. Safe for use by several
 * threads.
 */
public interface Ec2 {

  /**
   * The instances with these ids, in any state. Ids that EC2 does not know are left out.
   *
   * @param ids any number of them; EC2 is asked for up to 200 at a time
   * @param deadline when to give up
   */
  Answer<List<Instance>> instances(Set<InstanceId> ids, Deadline deadline);

  /**
   * One page of all instances of the account and region, in any state.
   *
   * @param size how many to ask for, 5 to 1,000; EC2 may give fewer, even none, though more pages
   *     follow
   * @param token the token of the page before; empty for the first page
   * @param deadline when to give up
   */
  Answer<InstancePage> page(int size, Optional<String> token, Deadline deadline);

  /**
   * All sessions on these interfaces, ours and foreign ones.
   *
   * @param sources any number of them; EC2 is asked for up to 200 at a time
   * @param deadline when to give up
   */
  Answer<List<Session>> sessions(Set<InterfaceId> sources, Deadline deadline);

  /**
   * All sessions that go to these targets, ours and foreign ones.
   *
   * @param targets any number of them; EC2 is asked for up to 200 at a time
   * @param deadline when to give up
   */
  Answer<List<Session>> sessionsTo(Set<TargetId> targets, Deadline deadline);

  /**
   * The mirror targets of the account.
   *
   * @param deadline when to give up
   */
  Answer<List<MirrorTarget>> targets(Deadline deadline);

  /**
   * The instances that were launched to be targets of a deployment, in any state.
   *
   * @param ownership whose deployment this is
   * @param deadline when to give up
   */
  Answer<List<PoolMember>> poolMembers(Ownership ownership, Deadline deadline);

  /**
   * Launches the instance of a slot: one, with its metadata service in version 2 only, stopped and
   * not terminated when it shuts itself down.
   *
   * @param pool what it is launched from
   * @param tags what it, its interface and its volumes carry from the start
   * @param clientToken at most 64 ASCII characters; the same token with the same request launches
   *     nothing new, and is answered with the same instance
   * @param ownership whose deployment this is
   * @param deadline when to give up
   */
  Answer<PoolMember> launch(
      Pool pool,
      Map<String, String> tags,
      String clientToken,
      Ownership ownership,
      Deadline deadline);

  /**
   * Makes a mirror target of an interface.
   *
   * @param networkInterface the interface
   * @param tags what the target carries from the start
   * @param clientToken at most 64 ASCII characters; the same token with the same request makes
   *     nothing new
   * @param deadline when to give up
   */
  Answer<MirrorTarget> createTarget(
      InterfaceId networkInterface,
      Map<String, String> tags,
      String clientToken,
      Deadline deadline);

  /**
   * Deletes a mirror target; EC2 refuses while it has a session. One that is not there is deleted.
   *
   * @param target the target
   * @param deadline when to give up
   * @return the target's id
   */
  Answer<TargetId> deleteTarget(TargetId target, Deadline deadline);

  /**
   * Terminates an instance; to do it twice is to do it once. One that is not there is terminated.
   *
   * @param instance the instance
   * @param deadline when to give up
   * @return the instance's id
   */
  Answer<InstanceId> terminate(InstanceId instance, Deadline deadline);

  /**
   * Makes a session.
   *
   * @param action what to make
   * @param tags what it carries from the start
   * @param clientToken at most 64 ASCII characters; the same token with the same request makes
   *     nothing new
   * @param deadline when to give up
   */
  Answer<Session> create(
      Action.CreateSession action, Map<String, String> tags, String clientToken, Deadline deadline);

  /**
   * Changes a session in place; to do it twice is to do it once.
   *
   * @param action what to change
   * @param deadline when to give up
   */
  Answer<Session> modify(Action.ModifySession action, Deadline deadline);

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
