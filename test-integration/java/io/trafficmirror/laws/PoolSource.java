package io.trafficmirror.laws;

import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.InstanceSeed;
import io.trafficmirror.harness.Fleet;
import io.trafficmirror.harness.FleetSpec;
import io.trafficmirror.harness.SessionCheck;
import io.trafficmirror.harness.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The kinds of sources that {@link #POLICY} mirrors to targets on demand, and the pool of each.
 * Foreign resources are beside them ({@link PoolBystanders}).
 */
enum PoolSource implements SourceKind {
  X_IN_A("subnet-a", Map.of("pool", "x"), "tmf-1", 100, Pools.SMALL_IN_A),
  X_IN_B("subnet-b", Map.of("pool", "x"), "tmf-1", 100, Pools.SMALL_IN_B),
  Y_IN_A("subnet-a", Map.of("pool", "y"), "tmf-2", 7, Pools.SMALL_IN_A),
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
  ELSEWHERE("subnet-d", Map.of(), "tmf-2", 100, Pools.SMALL_IN_A),
  BY_VPC("subnet-b", Map.of("k", "v"), "tmf-3", 100, Pools.SMALL_IN_B);

  /** The tag {@code pool} or the subnet determines the pool. */
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

  private static final FleetSpec SPEC =
      new FleetSpec(
          List.of(
              new FleetSpec.Vpc("vpc-1", "10.0.0.0/16"), new FleetSpec.Vpc("vpc-2", "10.1.0.0/16")),
          List.of(
              new FleetSpec.Subnet("subnet-a", "vpc-1", "us-east-1a"),
              new FleetSpec.Subnet("subnet-b", "vpc-1", "us-east-1b"),
              new FleetSpec.Subnet("subnet-c", "vpc-2", "us-east-1a"),
              new FleetSpec.Subnet("subnet-d", "vpc-2", "us-east-1b")),
          List.of("tmf-1", "tmf-2", "tmf-3", "tmf-foreign"),
          List.of());

  /** Pools that several kinds share; enum constants cannot refer to static fields of the enum. */
  private static final class Pools {
    static final String SMALL_IN_A = "on demand: t3.micro of ami-1 with [sg-1, sg-2] in subnet-a";
    static final String SMALL_IN_B = "on demand: t3.micro of ami-1 with [sg-1, sg-2] in subnet-b";
  }

  final String subnet;

  // Map.of returns an immutable map, but Error Prone sees only the type Map.
  @SuppressWarnings("ImmutableEnumChecker")
  final Map<String, String> tags;

  final String filter;
  final int number;
  final String pool;

  PoolSource(String subnet, Map<String, String> tags, String filter, int number, String pool) {
    this.subnet = subnet;
    this.tags = tags;
    this.filter = filter;
    this.number = number;
    this.pool = pool;
  }

  /** An empty fleet. */
  static Fleet<PoolSource> none(EmbeddedEc2 ec2) {
    Fleet<PoolSource> fleet = new Fleet<>(ec2, SPEC);
    PoolBystanders.put(ec2);
    return fleet;
  }

  /** A fleet with one to three random kinds, where EC2 supports mirroring for most instances. */
  static Fleet<PoolSource> random(EmbeddedEc2 ec2, Random random, int size) {
    Fleet<PoolSource> fleet = none(ec2);
    List<PoolSource> some = new ArrayList<>();
    int kinds = 1 + random.nextInt(3);
    for (int i = 0; i < kinds; i++) {
      some.add(values()[random.nextInt(values().length)]);
    }
    for (int i = 0; i < size; i++) {
      fleet.add(some.get(random.nextInt(kinds)), random.nextInt(8) != 0);
    }
    return fleet;
  }

  @Override
  public InstanceSeed instance(String id, String primary) {
    return InstanceSeed.running(id, "m5.large", subnet, primary).withTags(tags);
  }

  @Override
  public SessionCheck.Expected expected(String id, String primary) {
    return SessionCheck.Expected.session(id, primary, pool, filter, number);
  }
}
