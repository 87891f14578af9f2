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
 * Every call that changes something in EC2. Each is one attempt; its expected failures are values.
 * Only the writer in {@code write} calls these. Safe for use by several threads.
 */
public interface Ec2Writes {

  /**
   * Launches the instance of a slot: one, with its metadata service in version 2 only, stopped and
   * not terminated when it shuts itself down.
   *
   * @param pool what it is launched from
   * @param tags what it, its interface and its volumes carry from the start
   * @param clientToken at most 64 ASCII characters; the same token with the same request launches
   *     nothing new, and is answered with the same instance
   * @param ownership whose deployment this is
   * @param deadline when to stop trying
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
   * @param deadline when to stop trying
   */
  Answer<MirrorTarget> createTarget(
      InterfaceId networkInterface,
      Map<String, String> tags,
      String clientToken,
      Deadline deadline);

  /**
   * Deletes a mirror target; EC2 refuses while a session uses it. One that does not exist counts as
   * deleted, so it may be repeated.
   *
   * @param target the target
   * @param deadline when to stop trying
   * @return the target's id
   */
  Answer<TargetId> deleteTarget(TargetId target, Deadline deadline);

  /**
   * Terminates an instance. One that does not exist counts as terminated, so it may be repeated.
   *
   * @param instance the instance
   * @param deadline when to stop trying
   * @return the instance's id
   */
  Answer<InstanceId> terminate(InstanceId instance, Deadline deadline);

  /**
   * Makes a session. May be repeated with the same client token.
   *
   * @param action what to make; its target exists
   * @param tags what it carries from the start
   * @param clientToken at most 64 ASCII characters; the same token with the same request makes
   *     nothing new
   * @param deadline when to stop trying
   */
  Answer<Session> createSession(
      Action.CreateSession action, Map<String, String> tags, String clientToken, Deadline deadline);

  /**
   * Changes the target and the filter of a session in place. May be repeated.
   *
   * @param action what to change; its target exists
   * @param deadline when to stop trying
   */
  Answer<Session> modifySession(Action.ModifySession action, Deadline deadline);

  /**
   * Deletes a session. One that does not exist counts as deleted, so it may be repeated.
   *
   * @param session the session
   * @param deadline when to stop trying
   * @return the session's id
   */
  Answer<SessionId> deleteSession(SessionId session, Deadline deadline);

  /**
   * Adds tags to a session or a target, or overwrites them. May be repeated.
   *
   * @param resource the id of the session or target
   * @param tags at least one
   * @param deadline when to stop trying
   * @return the resource's id
   */
  Answer<String> tag(String resource, Map<String, String> tags, Deadline deadline);

  /**
   * Removes tags of a session or a target. A tag that is not there counts as removed, so it may be
   * repeated.
   *
   * @param resource the id of the session or target
   * @param keys the keys of the tags, at least one
   * @param deadline when to stop trying
   * @return the resource's id
   */
  Answer<String> untag(String resource, Set<String> keys, Deadline deadline);
}
