package io.trafficmirror.laws;

import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.InstanceSeed;
import io.trafficmirror.harness.Fleet;
import io.trafficmirror.harness.FleetSpec;
import io.trafficmirror.harness.SessionCheck;
import io.trafficmirror.harness.SourceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The kinds of sources that {@link #POLICY} distinguishes, and the session of each. */
enum Source implements SourceKind {
  BY_TAG("tmt-tags", 100),
  BY_OTHER_TAG("tmt-tags", 100),
  BY_TAG_AND_SUBNET("tmt-tags", 100),
  BY_SUBNET("tmt-subnets", 7),
  BY_VPC("tmt-vpcs", 100),
  PENDING("tmt-tags", 100),
  PRIMARY_LAST("tmt-tags", 100),
  FOREIGN_HAS_THE_NUMBER("tmt-tags", 101),
  TWO_FOREIGN("tmt-tags", 102),
  OURS_TO_MOVE("tmt-tags", 55),
  FOREIGN_IS_ENOUGH("", 0),
  THREE_FOREIGN("", 0),
  NO_MATCH("", 0),
  STOPPED("", 0),
  TERMINATED("", 0),
  A_TARGET("", 0),
  UNSUPPORTED("", 0),
  /** Any target of the pool is correct. */
  ON_DEMAND("on demand: t3.micro of ami-1 with [sg-1] in subnet-demand", 100);

  static final String POLICY =
      """
      tags:
      - tagList:
        - Key: mirror
          Value: "on"
        - Key: watch
          Value: 007
        filterId: tmf-tags
        targetId: tmt-tags
      subnets:
      - subnetId: subnet-watched
        filterId: tmf-subnets
        targetId: tmt-subnets
        sessionNumber: 7
      vpcs:
      - vpcId: vpc-demand
        filterId: tmf-tags
        targetInstanceType: t3.micro
        targetInstanceAmi: ami-1
        targetSecurityGroupIds: [sg-1]
      - vpcId: vpc-watched
        filterId: tmf-tags
        targetId: tmt-vpcs
      """;

  private static final FleetSpec SPEC =
      new FleetSpec(
          List.of(
              new FleetSpec.Vpc("vpc-watched", "10.0.0.0/16"),
              new FleetSpec.Vpc("vpc-demand", "10.1.0.0/16"),
              new FleetSpec.Vpc("vpc-other", "10.2.0.0/16")),
          List.of(
              new FleetSpec.Subnet("subnet-watched", "vpc-other", "us-east-1a"),
              new FleetSpec.Subnet("subnet-vpc", "vpc-watched", "us-east-1a"),
              new FleetSpec.Subnet("subnet-demand", "vpc-demand", "us-east-1a"),
              new FleetSpec.Subnet("subnet-other", "vpc-other", "us-east-1b")),
          List.of("tmf-tags", "tmf-subnets", "tmf-foreign"),
          List.of("tmt-tags", "tmt-subnets", "tmt-vpcs", "tmt-foreign"));

  private final String target;
  private final int number;

  Source(String target, int number) {
    this.target = target;
    this.number = number;
  }

  /** An empty fleet. */
  static Fleet<Source> none(EmbeddedEc2 ec2) {
    return new Fleet<>(ec2, SPEC);
  }

  /** A fleet of random kinds. */
  static Fleet<Source> random(EmbeddedEc2 ec2, Random random, int size) {
    Fleet<Source> fleet = none(ec2);
    for (int i = 0; i < size; i++) {
      fleet.add(values()[random.nextInt(values().length)]);
    }
    return fleet;
  }

  /** A fleet with one instance of every kind. */
  static Fleet<Source> oneOfEach(EmbeddedEc2 ec2) {
    Fleet<Source> fleet = none(ec2);
    for (Source kind : values()) {
      fleet.add(kind);
    }
    return fleet;
  }

  /** The target of the expected session; empty for none. */
  Optional<String> target() {
    return Optional.of(target).filter(text -> !text.isEmpty());
  }

  @Override
  public SessionCheck.Expected expected(String id, String primary) {
    String filter = this == BY_SUBNET ? "tmf-subnets" : "tmf-tags";
    return target()
        .map(to -> SessionCheck.Expected.session(id, primary, to, filter, number))
        .map(each -> this == OURS_TO_MOVE ? each.withoutInstanceTag() : each)
        .orElseGet(() -> SessionCheck.Expected.none(id, primary));
  }

  @Override
  public InstanceSeed instance(String id, String primary) {
    InstanceSeed plain = InstanceSeed.running(id, "m5.large", "subnet-other", primary);
    InstanceSeed tagged = plain.withTags(Map.of("mirror", "on", "Name", "x<&\"\n"));
    return switch (this) {
      case BY_TAG,
          FOREIGN_HAS_THE_NUMBER,
          TWO_FOREIGN,
          OURS_TO_MOVE,
          FOREIGN_IS_ENOUGH,
          THREE_FOREIGN,
          A_TARGET ->
          tagged;
      case BY_OTHER_TAG -> plain.withTags(Map.of("watch", "007"));
      case BY_TAG_AND_SUBNET -> in("subnet-watched", id, primary).withTags(Map.of("mirror", "on"));
      case BY_SUBNET -> in("subnet-watched", id, primary);
      case BY_VPC -> in("subnet-vpc", id, primary).withTags(Map.of("mirror", "off"));
      case PENDING -> tagged.withState("pending");
      case PRIMARY_LAST ->
          new InstanceSeed(
              id,
              "m5.large",
              "running",
              "subnet-other",
              Map.of("mirror", "on"),
              List.of(
                  new InstanceSeed.Interface(
                      primary + "-second", 1, 0, "subnet-other", "interface"),
                  new InstanceSeed.Interface(primary, 0, 0, "", "interface")));
      case NO_MATCH -> plain.withTags(Map.of("mirror", "On", "Mirror", "on"));
      case STOPPED -> tagged.withState("stopped");
      case TERMINATED ->
          new InstanceSeed(
              id, "m5.large", "terminated", "subnet-other", Map.of("mirror", "on"), List.of());
      case UNSUPPORTED ->
          InstanceSeed.running(id, "t2.micro", "subnet-other", primary)
              .withTags(Map.of("mirror", "on"));
      case ON_DEMAND -> in("subnet-demand", id, primary);
    };
  }

  private static InstanceSeed in(String subnet, String id, String primary) {
    return InstanceSeed.running(id, "m5.large", subnet, primary);
  }

  @Override
  public void createRelated(EmbeddedEc2 ec2, String id, String primary) {
    switch (this) {
      case FOREIGN_HAS_THE_NUMBER -> foreign(ec2, id, primary, 100, "tmt-foreign", "tmf-foreign");
      case TWO_FOREIGN -> {
        foreign(ec2, id, primary, 100, "tmt-foreign", "tmf-tags");
        foreign(ec2, id, primary, 101, "tmt-tags", "tmf-foreign");
      }
      case THREE_FOREIGN -> {
        foreign(ec2, id, primary, 1, "tmt-foreign", "tmf-foreign");
        foreign(ec2, id, primary, 2, "tmt-foreign", "tmf-foreign");
        foreign(ec2, id, primary, 3, "tmt-foreign", "tmf-foreign");
      }
      case FOREIGN_IS_ENOUGH -> foreign(ec2, id, primary, 9, "tmt-tags", "tmf-tags");
      case OURS_TO_MOVE ->
          ec2.putSession(
              "tms-ours" + id,
              primary,
              "tmt-foreign",
              "tmf-foreign",
              55,
              SessionCheck.managedTagsWithoutInstance());
      case A_TARGET -> ec2.putInterfaceTarget("tmt-" + id, primary);
      case BY_TAG,
          BY_OTHER_TAG,
          BY_TAG_AND_SUBNET,
          BY_SUBNET,
          BY_VPC,
          PENDING,
          PRIMARY_LAST,
          NO_MATCH,
          STOPPED,
          TERMINATED,
          UNSUPPORTED,
          ON_DEMAND -> {
        // No other resources.
      }
    }
  }

  private static void foreign(
      EmbeddedEc2 ec2, String id, String primary, int number, String target, String filter) {
    ec2.putSession(
        "tms-foreign" + number + id,
        primary,
        target,
        filter,
        number,
        Map.of("traffic-mirror-pipeline:deployment", "another"));
  }
}
