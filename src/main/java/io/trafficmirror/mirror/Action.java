package io.trafficmirror.mirror;

/** One write to EC2 that brings an interface nearer to what the policy wants. */
public sealed interface Action {

  /** The instance that it is about. */
  InstanceId instance();

  /** The interface that is to be mirrored. */
  InterfaceId source();

  /** The policy entry that asks for it. */
  String entry();

  /** Where the traffic shall go. */
  TargetId target();

  /** Which traffic shall go there. */
  FilterId filter();

  /**
   * Make a session.
   *
   * @param instance the instance
   * @param source its primary interface
   * @param entry the policy entry
   * @param target where the traffic shall go
   * @param filter which traffic shall go there
   * @param number the session number, free as far as was seen
   */
  record CreateSession(
      InstanceId instance,
      InterfaceId source,
      String entry,
      TargetId target,
      FilterId filter,
      int number)
      implements Action {}

  /**
   * Give a session of ours another target, another filter or both, in place.
   *
   * @param instance the instance
   * @param source its primary interface
   * @param entry the policy entry
   * @param session the session
   * @param target where the traffic shall go
   * @param filter which traffic shall go there
   */
  record ModifySession(
      InstanceId instance,
      InterfaceId source,
      String entry,
      SessionId session,
      TargetId target,
      FilterId filter)
      implements Action {}
}
