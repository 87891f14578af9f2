package io.trafficmirror.matrix;

import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.InstanceSeed;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.harness.FleetSpec;
import io.trafficmirror.harness.Foreign;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is in the account besides the fleet, and must be afterwards as it was before. */
final class Bystanders {

  private static final String SUBNET = "subnet-0other";

  private static final FleetSpec SPEC =
      new FleetSpec(
          "",
          List.of(new FleetSpec.Vpc("vpc-0other", "172.16.0.0/16")),
          List.of(new FleetSpec.Subnet(SUBNET, "vpc-0other", "us-east-1a")),
          List.of(),
          List.of());

  private final EmbeddedEc2 ec2;
  private final Set<String> foreign = new LinkedHashSet<>();

  Bystanders(EmbeddedEc2 ec2) {
    this.ec2 = ec2;
    SPEC.putInto(ec2);
    Foreign.prepare(ec2);
    for (String id : matchedByNothing()) {
      ec2.putInstance(
          InstanceSeed.running(id, "m5.large", SUBNET, id.replace("i-", "eni-"))
              .withTags(Map.of("Name", "bystander")));
    }
    foreignSession("eni-0other1");
  }

  /** Instances that no entry matches. */
  static List<String> matchedByNothing() {
    return List.of("i-0other1", "i-0other2", "i-0other3");
  }

  /** An instance that EC2 never shows. */
  static String neverThere() {
    return "i-0neverthere";
  }

  /** A session of somebody else's on an interface, with the number that ours would have. */
  void foreignSession(String source) {
    foreign.add(Foreign.put(ec2, source));
  }

  boolean isForeign(SessionView session) {
    return foreign.contains(session.sessionId());
  }

  /** How many of the foreign sessions are gone or are no longer what they were. */
  int changed() {
    long untouched =
        ec2.sessions().stream().filter(this::isForeign).filter(Foreign::isUntouched).count();
    return foreign.size() - (int) untouched;
  }
}
