package io.trafficmirror.matrix;

import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.InstanceSeed;
import io.trafficmirror.embedded.SessionView;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is in the account besides the fleet, and must be afterwards as it was before. */
final class Bystanders {

  /** A filter and a target of somebody else. */
  static final String FOREIGN = "tmt-0foreign";

  private static final String FOREIGN_FILTER = "tmf-0foreign";
  private static final String SUBNET = "subnet-0other";

  private final EmbeddedEc2 ec2;
  private final Set<String> foreign = new LinkedHashSet<>();

  Bystanders(EmbeddedEc2 ec2) {
    this.ec2 = ec2;
    ec2.putVpc("vpc-0other", "172.16.0.0/16");
    ec2.putSubnet(SUBNET, "vpc-0other", "us-east-1a");
    ec2.putFilter(FOREIGN_FILTER);
    ec2.putNetworkLoadBalancerTarget(
        FOREIGN,
        "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/theirs/0123456789abcdef");
    for (String id : matchedByNothing()) {
      ec2.putInstance(
          InstanceSeed.running(id, "m5.large", SUBNET, id.replace("i-", "eni-"))
              .withTags(Map.of("Name", "bystander")));
    }
    foreignSession("tms-0theirs", "eni-0other1");
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
  void foreignSession(String id, String source) {
    ec2.putSession(id, source, FOREIGN, FOREIGN_FILTER, 100, Map.of("owner", "somebody"));
    foreign.add(id);
  }

  boolean isForeign(SessionView session) {
    return foreign.contains(session.sessionId());
  }

  /** How many of the foreign sessions are gone or are no longer what they were. */
  int changed() {
    Map<String, SessionView> there =
        ec2.sessions().stream().collect(Collectors.toMap(SessionView::sessionId, s -> s));
    return (int) foreign.stream().filter(id -> !isAsItWas(there.get(id))).count();
  }

  private static boolean isAsItWas(@org.jspecify.annotations.Nullable SessionView session) {
    return session != null
        && session.targetId().equals(FOREIGN)
        && session.filterId().equals(FOREIGN_FILTER)
        && session.number() == 100
        && session.tags().equals(Map.of("owner", "somebody"));
  }
}
