package io.trafficmirror.harness;

import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.InstanceSeed;

/**
 * A kind of instance with its expected session. Implementations state the session explicitly
 * instead of deriving it from the policy, as the product does.
 */
public interface SourceKind {

  /** Creates an instance of this kind. */
  InstanceSeed instance(String id, String primaryInterface);

  /** The expected session of an instance of this kind. */
  SessionCheck.Expected expected(String id, String primaryInterface);

  /** Creates related resources, such as sessions of another team. */
  default void createRelated(EmbeddedEc2 ec2, String id, String primaryInterface) {}
}
