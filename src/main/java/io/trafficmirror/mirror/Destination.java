package io.trafficmirror.mirror;

/** Where an entry sends the traffic that it mirrors. */
public sealed interface Destination {

  /**
   * A mirror target that somebody else made.
   *
   * @param target its id
   */
  record Fixed(TargetId target) implements Destination {}

  /**
   * Mirror targets that are made as they are needed.
   *
   * @param specification what they are launched from
   */
  record OnDemand(LaunchSpecification specification) implements Destination {}
}
