package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.InstanceSeed;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.harness.Findings;
import io.trafficmirror.harness.Judge;
import io.trafficmirror.harness.TargetInstances;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A small fleet of which every instance is of a kind, and the kind says what should become of it.
 * Nothing here is computed the way in which the product computes it.
 */
final class Fleet {

  /** The policy that the kinds are about. */
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

  enum Kind {
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
    /** Goes to any target of its pool. */
    ON_DEMAND("on demand: t3.micro of ami-1 with [sg-1] in subnet-demand", 100);

    private final String target;
    private final int number;

    Kind(String target, int number) {
      this.target = target;
      this.number = number;
    }

    /** The target of the session that the deployment should have made; empty for none. */
    Optional<String> target() {
      return Optional.of(target).filter(text -> !text.isEmpty());
    }
  }

  record Member(String instance, String primary, Kind kind) {}

  private final EmbeddedEc2 ec2;
  private final List<Member> members = new ArrayList<>();
  private List<SessionView> foreign = List.of();

  Fleet(EmbeddedEc2 ec2) {
    this.ec2 = ec2;
    ec2.putVpc("vpc-watched", "10.0.0.0/16");
    ec2.putVpc("vpc-demand", "10.1.0.0/16");
    ec2.putVpc("vpc-other", "10.2.0.0/16");
    ec2.putSubnet("subnet-watched", "vpc-other", "us-east-1a");
    ec2.putSubnet("subnet-vpc", "vpc-watched", "us-east-1a");
    ec2.putSubnet("subnet-demand", "vpc-demand", "us-east-1a");
    ec2.putSubnet("subnet-other", "vpc-other", "us-east-1b");
    for (String filter : List.of("tmf-tags", "tmf-subnets", "tmf-foreign")) {
      ec2.putFilter(filter);
    }
    ec2.putNetworkLoadBalancerTargets(
        List.of("tmt-tags", "tmt-subnets", "tmt-vpcs", "tmt-foreign"));
  }

  /** As many instances as asked for, of kinds drawn at random. */
  static Fleet random(EmbeddedEc2 ec2, Random random, int size) {
    Fleet fleet = new Fleet(ec2);
    for (int i = 0; i < size; i++) {
      fleet.add(Kind.values()[random.nextInt(Kind.values().length)]);
    }
    return fleet;
  }

  /** One of every kind. */
  static Fleet complete(EmbeddedEc2 ec2) {
    Fleet fleet = new Fleet(ec2);
    for (Kind kind : Kind.values()) {
      fleet.add(kind);
    }
    return fleet;
  }

  List<Member> members() {
    return List.copyOf(members);
  }

  Member add(Kind kind) {
    int number = members.size() + 1;
    Member member = new Member("i-%04d".formatted(number), "eni-%04d".formatted(number), kind);
    ec2.putInstance(seed(member, "eni-%04d-second".formatted(number)));
    surround(member);
    members.add(member);
    foreign = ec2.sessions().stream().filter(session -> !isOurs(session)).toList();
    return member;
  }

  private static InstanceSeed seed(Member member, String secondInterface) {
    InstanceSeed plain =
        InstanceSeed.running(member.instance(), "m5.large", "subnet-other", member.primary());
    InstanceSeed tagged = plain.withTags(Map.of("mirror", "on", "Name", "x<&\"\n"));
    return switch (member.kind()) {
      case BY_TAG,
          FOREIGN_HAS_THE_NUMBER,
          TWO_FOREIGN,
          OURS_TO_MOVE,
          FOREIGN_IS_ENOUGH,
          THREE_FOREIGN,
          A_TARGET ->
          tagged;
      case BY_OTHER_TAG -> plain.withTags(Map.of("watch", "007"));
      case BY_TAG_AND_SUBNET -> in("subnet-watched", member).withTags(Map.of("mirror", "on"));
      case BY_SUBNET -> in("subnet-watched", member);
      case BY_VPC -> in("subnet-vpc", member).withTags(Map.of("mirror", "off"));
      case PENDING -> tagged.withState("pending");
      case PRIMARY_LAST ->
          new InstanceSeed(
              member.instance(),
              "m5.large",
              "running",
              "subnet-other",
              Map.of("mirror", "on"),
              List.of(
                  new InstanceSeed.Interface(secondInterface, 1, 0, "subnet-other", "interface"),
                  new InstanceSeed.Interface(member.primary(), 0, 0, "", "interface")));
      case NO_MATCH -> plain.withTags(Map.of("mirror", "On", "Mirror", "on"));
      case STOPPED -> tagged.withState("stopped");
      case TERMINATED ->
          new InstanceSeed(
              member.instance(),
              "m5.large",
              "terminated",
              "subnet-other",
              Map.of("mirror", "on"),
              List.of());
      case UNSUPPORTED ->
          InstanceSeed.running(member.instance(), "t2.micro", "subnet-other", member.primary())
              .withTags(Map.of("mirror", "on"));
      case ON_DEMAND -> in("subnet-demand", member);
    };
  }

  private static InstanceSeed in(String subnet, Member member) {
    return InstanceSeed.running(member.instance(), "m5.large", subnet, member.primary());
  }

  private void surround(Member member) {
    String id = member.instance();
    switch (member.kind()) {
      case FOREIGN_HAS_THE_NUMBER -> foreign(member, 100, "tmt-foreign", "tmf-foreign");
      case TWO_FOREIGN -> {
        foreign(member, 100, "tmt-foreign", "tmf-tags");
        foreign(member, 101, "tmt-tags", "tmf-foreign");
      }
      case THREE_FOREIGN -> {
        foreign(member, 1, "tmt-foreign", "tmf-foreign");
        foreign(member, 2, "tmt-foreign", "tmf-foreign");
        foreign(member, 3, "tmt-foreign", "tmf-foreign");
      }
      case FOREIGN_IS_ENOUGH -> foreign(member, 9, "tmt-tags", "tmf-tags");
      case OURS_TO_MOVE ->
          ec2.putSession(
              "tms-ours" + id,
              member.primary(),
              "tmt-foreign",
              "tmf-foreign",
              55,
              Judge.oursWithoutInstance());
      case A_TARGET -> ec2.putInterfaceTarget("tmt-" + id, member.primary());
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
        // Nothing is around it.
      }
    }
  }

  private void foreign(Member member, int number, String target, String filter) {
    ec2.putSession(
        "tms-foreign" + number + member.instance(),
        member.primary(),
        target,
        filter,
        number,
        Map.of("traffic-mirror-pipeline:deployment", "another"));
  }

  private static boolean isOurs(SessionView session) {
    return Judge.isOurs(session.tags());
  }

  /** Nothing missed, nothing wrong, nothing doubled, and everything foreign as it was. */
  void assertRight() {
    List<SessionView> sessions = ec2.sessions();
    List<SessionView> ours = sessions.stream().filter(Fleet::isOurs).toList();
    List<Judge.Expected> expected = members.stream().map(Fleet::expected).toList();
    assertThat(new Judge(expected, ours, TargetInstances.of(ec2)::place).findings())
        .isEqualTo(Findings.none());
    assertThat(sessions.stream().filter(session -> !isOurs(session)))
        .as("foreign sessions")
        .containsExactlyInAnyOrderElementsOf(foreign);
  }

  /** Nothing of ours is there but what was there before. */
  void assertUntouched() {
    assertThat(ec2.sessions().stream().filter(Fleet::isOurs).map(SessionView::sessionId))
        .allMatch(id -> id.startsWith("tms-ours"));
  }

  private static Judge.Expected expected(Member member) {
    String filter = member.kind() == Kind.BY_SUBNET ? "tmf-subnets" : "tmf-tags";
    return member
        .kind()
        .target()
        .map(
            target ->
                Judge.Expected.session(
                    member.instance(), member.primary(), target, filter, member.kind().number))
        .map(each -> member.kind() == Kind.OURS_TO_MOVE ? each.withoutInstanceTag() : each)
        .orElseGet(() -> Judge.Expected.none(member.instance(), member.primary()));
  }
}
