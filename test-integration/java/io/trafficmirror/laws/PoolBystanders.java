package io.trafficmirror.laws;

import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.InstanceSeed;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.embedded.TargetView;
import io.trafficmirror.harness.SessionCheck;
import io.trafficmirror.harness.TargetTags;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Foreign resources beside a pool, all with free capacity, none of which may be used or changed:
 * another deployment's pool with the same digest, one of its instances without a target, and an
 * untagged target of another team.
 */
final class PoolBystanders {

  /** The foreign resources as EC2 shows them. */
  record Snapshot(List<String> instances, List<TargetView> targets, List<SessionView> sessions) {}

  private static final Set<String> INSTANCES =
      Set.of("i-theirs", "i-half", "i-foreign", "i-client");

  private PoolBystanders() {}

  static void put(EmbeddedEc2 ec2) {
    Map<String, String> theirs =
        Map.of(
            TargetTags.DEPLOYMENT, "another",
            TargetTags.POOL, "0123456789abcdef0123456789abcdef",
            TargetTags.SLOT, "0",
            TargetTags.GENERATION, "0");
    instance(ec2, "i-theirs", "eni-theirs", theirs);
    ec2.putInterfaceTarget("tmt-theirs", "eni-theirs", theirs);
    instance(ec2, "i-half", "eni-half", theirs);
    instance(ec2, "i-foreign", "eni-foreign", Map.of("k", "v"));
    ec2.putInterfaceTarget("tmt-foreign", "eni-foreign", Map.of());
    instance(ec2, "i-client", "eni-client", Map.of("k", "v"), "subnet-c", "t2.micro");
    ec2.putSession("tms-foreign", "eni-client", "tmt-foreign", "tmf-foreign", 1, Map.of());
  }

  private static void instance(EmbeddedEc2 ec2, String id, String eni, Map<String, String> tags) {
    instance(ec2, id, eni, tags, "subnet-a", "t3.micro");
  }

  private static void instance(
      EmbeddedEc2 ec2,
      String id,
      String eni,
      Map<String, String> tags,
      String subnet,
      String type) {
    ec2.putInstance(InstanceSeed.running(id, type, subnet, eni).withTags(tags));
  }

  /** The foreign resources now; requires that {@link #put} was called. */
  static Snapshot snapshot(EmbeddedEc2 ec2) {
    return new Snapshot(
        ec2.instances().stream()
            .filter(instance -> INSTANCES.contains(instance.instanceId()))
            .map(instance -> instance.instanceId() + " " + instance.state() + instance.tags())
            .toList(),
        ec2.targets().stream().filter(target -> !SessionCheck.isManaged(target.tags())).toList(),
        ec2.sessions().stream()
            .filter(session -> !SessionCheck.isManaged(session.tags()))
            .toList());
  }
}
