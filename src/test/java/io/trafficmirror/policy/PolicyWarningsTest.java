package io.trafficmirror.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.Destination;
import io.trafficmirror.mirror.TargetId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The warnings about a valid policy that may not do what its author intended. */
class PolicyWarningsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "targetInstanceType: t3.micro   | targetInstanceType is",
        "targetInstanceAmi: ami-1       | targetInstanceAmi is",
        "targetSecurityGroupIds: [sg-1] | targetSecurityGroupIds is",
        "targetSubnetId: subnet-1       | targetSubnetId is",
        "'targetSubnetId: subnet-1\n"
            + "  targetInstanceType: t3.micro' | targetInstanceType and targetSubnetId are"
      })
  void warnsThatATargetOverridesTheLaunchSpecification(String lines, String what) {
    PolicyResult result = Reading.of(Reading.withLine(lines));
    assertThat(Reading.problems(result))
        .containsExactly(
            "%d:3: warning: this entry has 'targetId', which wins: %s not used"
                .formatted(lines.contains("\n") ? 6 : 5, what));
    assertThat(((PolicyResult.Valid) result).policy().entries())
        .extracting(entry -> entry.wanted().destination())
        .containsExactly(new Destination.Fixed(new TargetId("tmt-1")));
  }

  @Test
  void warnsAboutTheSelectorOfAnEarlierEntry() {
    String yaml =
        """
        subnets:
        - {subnetId: subnet-1, filterId: tmf-1, targetId: tmt-1}
        - {subnetId: subnet-2, filterId: tmf-1, targetId: tmt-1}
        - {subnetId: subnet-1, filterId: tmf-2, targetId: tmt-2}
        vpcs:
        - {vpcId: vpc-1, filterId: tmf-1, targetId: tmt-1}
        - {vpcId: vpc-1, filterId: tmf-1, targetId: tmt-1}
        - {vpcId: vpc-1, filterId: tmf-1, targetId: tmt-1}
        """;
    assertThat(Reading.of(yaml)).isInstanceOf(PolicyResult.Valid.class);
    assertThat(Reading.problems(yaml))
        .containsExactly(
            "4:14: warning: this entry never matches: subnets[0] has the same subnetId",
            "7:11: warning: this entry never matches: vpcs[0] has the same vpcId",
            "8:11: warning: this entry never matches: vpcs[0] has the same vpcId");
  }

  @Test
  void warnsAboutATagOfAnEarlierEntry() {
    String yaml =
        """
        tags:
        - tagList: [{Key: a, Value: 1}, {Key: b, Value: 1}, {Key: a, Value: 1}]
          filterId: tmf-1
          targetId: tmt-1
        - tagList: [{Key: a, Value: 2}, {Key: b, Value: 1}]
          filterId: tmf-1
          targetId: tmt-1
        - tagList: [{Key: b, Value: 1}, {Key: a, Value: 1}, {Key: a, Value: 2}]
          filterId: tmf-1
          targetId: tmt-1
        - tagList: [{Key: A, Value: 1}, {Key: a, Value: 3}]
          filterId: tmf-1
          targetId: tmt-1
        """;
    assertThat(Reading.of(yaml)).isInstanceOf(PolicyResult.Valid.class);
    assertThat(Reading.problems(yaml))
        .containsExactly(
            "2:53: warning: this tag has no effect: the same list already has it",
            "5:33: warning: this tag has no effect: tags[0] already has it",
            "8:3: warning: this entry never matches: earlier entries already have all of its tags"
                + " (tags[0], tags[1])");
  }

  @Test
  void doesNotCallAnEntryWithAnInvalidTagUnmatched() {
    String yaml =
        """
        tags:
        - tagList: [{Key: a, Value: 1}]
          filterId: tmf-1
          targetId: tmt-1
        - tagList: [{Key: a, Value: 1}, {Key: b}]
          filterId: tmf-1
          targetId: tmt-1
        """;
    assertThat(Reading.problems(yaml))
        .containsExactly(
            "5:13: warning: this tag has no effect: tags[0] already has it",
            "5:33: error: this tag has no 'Value'; expected the value of a tag (\"\" for an empty"
                + " one)");
  }

  @Test
  void doesNotCompareSections() {
    String yaml =
        """
        subnets:
        - {subnetId: subnet-1, filterId: tmf-1, targetId: tmt-1}
        vpcs:
        - {vpcId: vpc-1, filterId: tmf-1, targetId: tmt-1}
        """;
    assertThat(Reading.entries(yaml)).hasSize(2);
  }

  @Test
  void cutsALongListOfWarningsWithAWarning() {
    String entry = "- {vpcId: vpc-1, filterId: tmf-1, targetId: tmt-1}\n";
    PolicyResult result = Reading.of("vpcs:\n" + entry.repeat(1_202));
    assertThat(result).isInstanceOf(PolicyResult.Valid.class);
    assertThat(Reading.problems(result))
        .hasSize(1_001)
        .endsWith("1002:11: warning: and 201 more problems, which are not listed");
  }
}
