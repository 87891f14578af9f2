package io.trafficmirror.mirror;

/**
 * A network interface that is or should be mirrored; AWS calls it the source of a session.
 *
 * @param scope the account and Region
 * @param instance the instance to which it is attached
 * @param networkInterface the interface
 */
public record Source(Scope scope, InstanceId instance, InterfaceId networkInterface) {

  @Override
  public String toString() {
    return networkInterface + " of " + instance;
  }
}
