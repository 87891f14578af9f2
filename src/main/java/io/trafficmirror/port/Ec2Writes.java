package io.trafficmirror.port;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.SessionId;
import io.trafficmirror.mirror.TargetId;
import java.util.Map;
import java.util.Set;

/**
 * Every call that changes something in EC2. Each makes one attempt; expected failures are values.
 * Only the writer in {@code write} calls these. Safe for use by several threads.
 */
public interface Ec2Writes {

  /**
   * Launches one instance for a slot. The instance accepts IMDSv2 only, and a shutdown from inside
   * it stops it instead of terminating it.
   *
   * @param pool the pool whose settings the launch uses
   * @param tags the initial tags of the instance, its interface and its volumes
   * @param clientToken at most 64 ASCII characters; a repeated request with the same token launches
   *     nothing new and returns the same instance
   * @param ownership the deployment
   * @param deadline when to stop trying
   */
  Answer<PoolMember> launch(
      Pool pool,
      Map<String, String> tags,
      String clientToken,
      Ownership ownership,
      Deadline deadline);

  /**
   * Creates a mirror target on an interface.
   *
   * @param networkInterface the interface
   * @param tags the initial tags of the target
   * @param clientToken at most 64 ASCII characters; a repeated request with the same token creates
   *     nothing new
   * @param deadline when to stop trying
   */
  Answer<MirrorTarget> createTarget(
      InterfaceId networkInterface,
      Map<String, String> tags,
      String clientToken,
      Deadline deadline);

  /**
   * Deletes a mirror target. EC2 refuses while a session uses it. A target that does not exist
   * counts as deleted, so the call may be repeated.
   *
   * @param target the target
   * @param deadline when to stop trying
   * @return the target's id
   */
  Answer<TargetId> deleteTarget(TargetId target, Deadline deadline);

  /**
   * Terminates an instance. An instance that does not exist counts as terminated, so the call may
   * be repeated.
   *
   * @param instance the instance
   * @param deadline when to stop trying
   * @return the instance's id
   */
  Answer<InstanceId> terminate(InstanceId instance, Deadline deadline);

  /**
   * Creates a session. May be repeated with the same client token.
   *
   * @param action the session to create; its target exists
   * @param tags the initial tags of the session
   * @param clientToken at most 64 ASCII characters; a repeated request with the same token creates
   *     nothing new
   * @param deadline when to stop trying
   */
  Answer<Session> createSession(
      Action.CreateSession action, Map<String, String> tags, String clientToken, Deadline deadline);

  /**
   * Changes the target and the filter of a session in place. May be repeated.
   *
   * @param action the change to make; its target exists
   * @param deadline when to stop trying
   */
  Answer<Session> modifySession(Action.ModifySession action, Deadline deadline);

  /**
   * Deletes a session. A session that does not exist counts as deleted, so the call may be
   * repeated.
   *
   * @param session the session
   * @param deadline when to stop trying
   * @return the session's id
   */
  Answer<SessionId> deleteSession(SessionId session, Deadline deadline);

  /**
   * Adds or overwrites tags on a session or a target. May be repeated.
   *
   * @param resource the id of the session or target
   * @param tags at least one
   * @param deadline when to stop trying
   * @return the resource's id
   */
  Answer<String> tag(String resource, Map<String, String> tags, Deadline deadline);

  /**
   * Removes tags from a session or a target. A tag that does not exist counts as removed, so the
   * call may be repeated.
   *
   * @param resource the id of the session or target
   * @param keys the keys of the tags, at least one
   * @param deadline when to stop trying
   * @return the resource's id
   */
  Answer<String> untag(String resource, Set<String> keys, Deadline deadline);
}
