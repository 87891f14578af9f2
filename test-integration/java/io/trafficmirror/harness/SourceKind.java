package io.trafficmirror.harness;

import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.InstanceSeed;

/**
 * Instances that are alike, and the session that each of them should get. An implementation states
 * that session; it does not derive it from the policy as the product does.
 */
public interface SourceKind {

  /** An instance of this kind. */
  InstanceSeed instance(String id, String primaryInterface);

  /** The session that such an instance should get. */
  Judge.Expected expected(String id, String primaryInterface);

  /** Creates what else belongs to such an instance, such as sessions of another team. */
  default void surround(EmbeddedEc2 ec2, String id, String primaryInterface) {}
}
