package io.trafficmirror.mirror;

/** Where an entry sends mirrored traffic. */
public sealed interface Destination {

  /**
   * A mirror target that exists outside this deployment.
   *
   * @param target its id
   */
  record Fixed(TargetId target) implements Destination {}

  /**
   * Mirror targets created on demand.
   *
   * @param specification how their instances are launched
   */
  record OnDemand(LaunchSpecification specification) implements Destination {}
}
