package io.trafficmirror.laws;

import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.InstanceSeed;
import io.trafficmirror.harness.Judge;
import io.trafficmirror.harness.TargetPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Instances that are mirrored to targets on demand, foreign things around them, and how many target
 * instances that takes: counted here from what each kind says, by no code of the product's.
 */
final class PoolFleet {

  static final String OWN = "traffic-mirror-pipeline:deployment";
  static final String POOL = "traffic-mirror-pipeline:pool";
  static final String SLOT = "traffic-mirror-pipeline:slot";
  static final String GENERATION = "traffic-mirror-pipeline:generation";

  /** The policy that the kinds are about; x, y and z, and what lies where, decide the pool. */
  static final String POLICY =
      """
      tags:
      - tagList:
        - Key: pool
          Value: x
        filterId: tmf-1
        targetInstanceType: t3.micro
        targetInstanceAmi: ami-1
        targetSecurityGroupIds: [sg-1, sg-2]
      - tagList:
        - Key: pool
          Value: y
        filterId: tmf-2
        targetInstanceType: t3.micro
        targetInstanceAmi: ami-1
        targetSecurityGroupIds: [sg-2, sg-1]
        sessionNumber: 7
      - tagList:
        - Key: pool
          Value: z
        filterId: tmf-1
        targetInstanceType: t3.micro
        targetInstanceAmi: ami-2
        targetSecurityGroupIds: [sg-1, sg-2]
      subnets:
      - subnetId: subnet-c
        filterId: tmf-1
        targetInstanceType: m5.24xlarge
        targetInstanceAmi: ami-1
        targetSecurityGroupIds: [sg-1]
      - subnetId: subnet-d
        filterId: tmf-2
        targetInstanceType: t3.micro
        targetInstanceAmi: ami-1
        targetSecurityGroupIds: [sg-1, sg-2]
        targetSubnetId: subnet-a
      vpcs:
      - vpcId: vpc-1
        filterId: tmf-3
        targetInstanceType: t3.micro
        targetInstanceAmi: ami-1
        targetSecurityGroupIds: [sg-1, sg-2]
      """;

  private static final String SMALL_IN_A =
      "on demand: t3.micro of ami-1 with [sg-1, sg-2] in subnet-a";
  private static final String SMALL_IN_B =
      "on demand: t3.micro of ami-1 with [sg-1, sg-2] in subnet-b";

  enum Kind {
    X_IN_A("subnet-a", Map.of("pool", "x"), "tmf-1", 100, SMALL_IN_A),
    X_IN_B("subnet-b", Map.of("pool", "x"), "tmf-1", 100, SMALL_IN_B),
    Y_IN_A("subnet-a", Map.of("pool", "y"), "tmf-2", 7, SMALL_IN_A),
    Z_IN_A(
        "subnet-a",
        Map.of("pool", "z"),
        "tmf-1",
        100,
        "on demand: t3.micro of ami-2 with [sg-1, sg-2] in subnet-a"),
    BIG(
        "subnet-c",
        Map.of(),
        "tmf-1",
        100,
        "on demand: m5.24xlarge of ami-1 with [sg-1] in subnet-c"),
    ELSEWHERE("subnet-d", Map.of(), "tmf-2", 100, SMALL_IN_A),
    BY_VPC("subnet-b", Map.of("k", "v"), "tmf-3", 100, SMALL_IN_B);

    final String subnet;

    // Map.of makes it immutable; the checker sees only the type.
    @SuppressWarnings("ImmutableEnumChecker")
    final Map<String, String> tags;

    final String filter;
    final int number;
    final String pool;

    Kind(String subnet, Map<String, String> tags, String filter, int number, String pool) {
      this.subnet = subnet;
      this.tags = tags;
      this.filter = filter;
      this.number = number;
      this.pool = pool;
    }
  }

  /**
   * An instance that an entry matches.
   *
   * @param mirrorable whether EC2 takes its type as a source
   */
  record Member(String instance, String primary, Kind kind, boolean mirrorable) {}

  private final EmbeddedEc2 ec2;
  private final List<Member> members = new ArrayList<>();

  PoolFleet(EmbeddedEc2 ec2) {
    this.ec2 = ec2;
    ec2.putVpc("vpc-1", "10.0.0.0/16");
    ec2.putVpc("vpc-2", "10.1.0.0/16");
    ec2.putSubnet("subnet-a", "vpc-1", "us-east-1a");
    ec2.putSubnet("subnet-b", "vpc-1", "us-east-1b");
    ec2.putSubnet("subnet-c", "vpc-2", "us-east-1a");
    ec2.putSubnet("subnet-d", "vpc-2", "us-east-1b");
    for (String filter : List.of("tmf-1", "tmf-2", "tmf-3", "tmf-foreign")) {
      ec2.putFilter(filter);
    }
    PoolBystanders.put(ec2);
  }

  /** So many instances, of kinds drawn at random among a few. */
  static PoolFleet random(EmbeddedEc2 ec2, Random random, int size) {
    PoolFleet fleet = new PoolFleet(ec2);
    List<Kind> some = new ArrayList<>();
    int kinds = 1 + random.nextInt(3);
    for (int i = 0; i < kinds; i++) {
      some.add(Kind.values()[random.nextInt(Kind.values().length)]);
    }
    for (int i = 0; i < size; i++) {
      fleet.add(some.get(random.nextInt(kinds)), random.nextInt(8) != 0);
    }
    return fleet;
  }

  Member add(Kind kind) {
    return add(kind, true);
  }

  Member add(Kind kind, boolean mirrorable) {
    int n = members.size() + 1;
    Member member = new Member("i-%04d".formatted(n), "eni-%04d".formatted(n), kind, mirrorable);
    ec2.putInstance(
        InstanceSeed.running(
                member.instance(),
                mirrorable ? "m5.large" : n % 2 == 0 ? "t2.micro" : "m8g.large",
                kind.subnet,
                member.primary())
            .withTags(kind.tags));
    members.add(member);
    return member;
  }

  /** So many of a kind. */
  List<Member> add(Kind kind, int count) {
    List<Member> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      added.add(add(kind));
    }
    return added;
  }

  List<Member> members() {
    return List.copyOf(members);
  }

  /** The session of each instance that can be mirrored. */
  List<Judge.Expected> expected() {
    return members.stream()
        .map(
            member ->
                member.mirrorable()
                    ? Judge.Expected.session(
                        member.instance(),
                        member.primary(),
                        member.kind().pool,
                        member.kind().filter,
                        member.kind().number)
                    : Judge.Expected.none(member.instance(), member.primary()))
        .toList();
  }

  /** How many target instances each pool needs: as few as hold its sources. */
  Map<String, Integer> needed() {
    return TargetPool.needed(
        members.stream().filter(Member::mirrorable).map(member -> member.kind().pool).toList());
  }
}
