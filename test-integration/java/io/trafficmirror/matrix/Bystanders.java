package io.trafficmirror.matrix;

import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.InstanceSeed;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.harness.FleetSpec;
import io.trafficmirror.harness.ForeignSessions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Resources in the account beside the fleet, which must not change. */
final class Bystanders {

  private static final String SUBNET = "subnet-0other";

  private static final FleetSpec SPEC =
      new FleetSpec(
          List.of(new FleetSpec.Vpc("vpc-0other", "172.16.0.0/16")),
          List.of(new FleetSpec.Subnet(SUBNET, "vpc-0other", "us-east-1a")),
          List.of(),
          List.of());

  private final EmbeddedEc2 ec2;
  private final Set<String> foreign = new LinkedHashSet<>();

  Bystanders(EmbeddedEc2 ec2) {
    this.ec2 = ec2;
    SPEC.putInto(ec2);
    ForeignSessions.prepare(ec2);
    for (String id : unmatched()) {
      ec2.putInstance(
          InstanceSeed.running(id, "m5.large", SUBNET, id.replace("i-", "eni-"))
              .withTags(Map.of("Name", "bystander")));
    }
    foreignSession("eni-0other1");
  }

  /** Instances that no policy entry matches. */
  static List<String> unmatched() {
    return List.of("i-0other1", "i-0other2", "i-0other3");
  }

  /** An instance that EC2 never shows. */
  static String neverThere() {
    return "i-0neverthere";
  }

  /**
   * Puts a foreign session on an interface, with the number that the managed session would have.
   */
  void foreignSession(String source) {
    foreign.add(ForeignSessions.put(ec2, source));
  }

  boolean isForeign(SessionView session) {
    return foreign.contains(session.sessionId());
  }

  /** Number of foreign sessions that were deleted or changed. */
  int changed() {
    long untouched =
        ec2.sessions().stream()
            .filter(this::isForeign)
            .filter(ForeignSessions::isUntouched)
            .count();
    return foreign.size() - (int) untouched;
  }
}
