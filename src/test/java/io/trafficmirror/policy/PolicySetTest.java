package io.trafficmirror.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trafficmirror.mirror.DesiredSession;
import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.PolicySet;
import io.trafficmirror.mirror.SubnetId;
import io.trafficmirror.mirror.VpcId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The session that a policy requires for an instance. */
class PolicySetTest {
  private static final PolicySet POLICY =
      new PolicySet(
          Reading.entries(
              """
              vpcs:
              - {vpcId: vpc-1, filterId: tmf-1, targetId: tmt-1}
              subnets:
              - {subnetId: subnet-1, filterId: tmf-1, targetId: tmt-1}
              tags:
              - tagList: [{Key: mirror, Value: on}, {Key: empty, Value: ''}]
                filterId: tmf-1
                targetId: tmt-1
              - {tagList: [{Key: group, Value: a}], filterId: tmf-1, targetId: tmt-1}
              """));

  private static Optional<String> entryFor(Map<String, String> tags, String subnet, String vpc) {
    Instance instance =
        new Instance(
            new InstanceId("i-1"),
            InstanceState.RUNNING,
            "m5.large",
            tags,
            Optional.of(subnet).filter(SubnetId::isValid).map(SubnetId::new),
            Optional.of(vpc).filter(VpcId::isValid).map(VpcId::new),
            List.of());
    return POLICY.desired(instance).map(DesiredSession::entry);
  }

  @Test
  void anyTagOfAListMatches() {
    assertThat(entryFor(Map.of("mirror", "on"), "subnet-9", "vpc-9")).contains("tags[0]");
    assertThat(entryFor(Map.of("empty", "", "x", "y"), "subnet-9", "vpc-9")).contains("tags[0]");
    assertThat(entryFor(Map.of("group", "a"), "subnet-9", "vpc-9")).contains("tags[1]");
  }

  @Test
  void tagsAreCaseSensitive() {
    assertThat(entryFor(Map.of("mirror", "ON", "Mirror", "on"), "subnet-9", "vpc-9")).isEmpty();
  }

  @Test
  void firstMatchWins() {
    assertThat(entryFor(Map.of("group", "a", "mirror", "on"), "subnet-1", "vpc-1"))
        .contains("tags[0]");
    assertThat(entryFor(Map.of("group", "a"), "subnet-1", "vpc-1")).contains("tags[1]");
    assertThat(entryFor(Map.of(), "subnet-1", "vpc-1")).contains("subnets[0]");
    assertThat(entryFor(Map.of(), "subnet-2", "vpc-1")).contains("vpcs[0]");
    assertThat(entryFor(Map.of("mirror", "off"), "subnet-2", "vpc-2")).isEmpty();
  }

  @Test
  void instanceWithoutSubnetAndVpcMatchesOnlyByTags() {
    assertThat(entryFor(Map.of(), "", "")).isEmpty();
    assertThat(entryFor(Map.of("mirror", "on"), "", "")).contains("tags[0]");
  }

  @Test
  void rejectsAPolicyWithoutAnEntry() {
    assertThatThrownBy(() -> new PolicySet(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a policy has at least one entry");
  }
}
