package io.trafficmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NounsTest {

  static Stream<Arguments> ids() {
    return Stream.of(
        id("i-", InstanceId::new, InstanceId::isValid),
        id("eni-", InterfaceId::new, InterfaceId::isValid),
        id("subnet-", SubnetId::new, SubnetId::isValid),
        id("vpc-", VpcId::new, VpcId::isValid),
        id("tmt-", TargetId::new, TargetId::isValid),
        id("tmf-", FilterId::new, FilterId::isValid),
        id("tms-", SessionId::new, SessionId::isValid));
  }

  private static Arguments id(String prefix, Function<String, Object> make, Predicate<String> ok) {
    return Arguments.of(prefix, make, ok);
  }

  @ParameterizedTest
  @MethodSource("ids")
  void validatesIdsByPrefixAndPrintsThemUnchanged(
      String prefix, Function<String, Object> make, Predicate<String> isValid) {
    for (String good : List.of("1", "1a2b3c4d5e6f7g8h", "-", "x".repeat(100))) {
      assertThat(make.apply(prefix + good)).hasToString(prefix + good);
      assertThat(isValid.test(prefix + good)).isTrue();
    }
    for (String bad :
        List.of(
            "",
            prefix,
            "x" + prefix + "1",
            prefix + "1 2",
            prefix + "<INSERT_VALUE>",
            prefix + "*",
            prefix + "1?",
            prefix + "\n",
            prefix + "é",
            prefix + "\u007f",
            prefix + "x".repeat(128))) {
      assertThat(isValid.test(bad)).as(bad).isFalse();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> make.apply(bad))
          .withMessageContaining(prefix);
    }
  }

  @Test
  void sortsIdsByTheirText() {
    List<InstanceId> ids =
        new ArrayList<>(
            List.of(new InstanceId("i-2"), new InstanceId("i-10"), new InstanceId("i-1")));
    ids.sort(null);
    assertThat(ids).extracting(InstanceId::value).containsExactly("i-1", "i-10", "i-2");
    assertThat(new InterfaceId("eni-1")).isLessThan(new InterfaceId("eni-2"));
    assertThat(new SubnetId("subnet-1")).isLessThan(new SubnetId("subnet-2"));
    assertThat(new VpcId("vpc-1")).isLessThan(new VpcId("vpc-2"));
    assertThat(new TargetId("tmt-1")).isLessThan(new TargetId("tmt-2"));
    assertThat(new FilterId("tmf-1")).isLessThan(new FilterId("tmf-2"));
    assertThat(new SessionId("tms-1")).isLessThan(new SessionId("tms-2"));
  }

  @Test
  void mapsEc2StateNamesAndAnyOtherToUnknown() {
    assertThat(
            Stream.of("pending", "running", "shutting-down", "terminated", "stopping", "stopped")
                .map(InstanceState::of))
        .containsExactly(
            InstanceState.PENDING,
            InstanceState.RUNNING,
            InstanceState.SHUTTING_DOWN,
            InstanceState.TERMINATED,
            InstanceState.STOPPING,
            InstanceState.STOPPED);
    assertThat(InstanceState.of("Running")).isEqualTo(InstanceState.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 32_767})
  void rejectsASessionNumberOutOfBounds(int number) {
    assertThatIllegalArgumentException().isThrownBy(() -> Fixtures.fixed(number));
  }

  @Test
  void ignoresTheOrderOfSecurityGroups() {
    assertThat(specification("sg-2", "sg-1", "sg-2")).isEqualTo(specification("sg-1", "sg-2"));
    assertThat(specification("sg-1")).isNotEqualTo(specification("sg-1", "sg-2"));
  }

  private static LaunchSpecification specification(String... groups) {
    return new LaunchSpecification("t3.micro", "ami-1", List.of(groups), Optional.empty());
  }

  @Test
  void ownsSessionsWithThisDeploymentsNameInTheTag() {
    assertThat(new Ownership("prod").owns(session(Map.of(Ownership.DEPLOYMENT_TAG, "prod"))))
        .isTrue();
    assertThat(new Ownership("prod").owns(session(Map.of(Ownership.DEPLOYMENT_TAG, "prod2"))))
        .isFalse();
    assertThat(new Ownership("prod").owns(session(Map.of("other", "prod")))).isFalse();
    assertThat(new Ownership("prod").owns(session(Map.of()))).isFalse();
  }

  @Test
  void tagsANewSessionWithDeploymentEntryInstanceAndTrigger() {
    assertThat(new Ownership("prod").sessionTags("vpcs[1]", new InstanceId("i-1"), Trigger.FINDING))
        .containsExactly(
            Map.entry("Name", "prod-i-1"),
            Map.entry("traffic-mirror-pipeline:deployment", "prod"),
            Map.entry("traffic-mirror-pipeline:entry", "vpcs[1]"),
            Map.entry("traffic-mirror-pipeline:instance", "i-1"),
            Map.entry("traffic-mirror-pipeline:trigger", "finding"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "é", "a\n"})
  void rejectsAnInvalidDeploymentName(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ownership(name))
        .withMessageContaining("1 to 64");
  }

  @Test
  void hasDistinctLabelsForReasonsAndTriggers() {
    assertThat(Arrays.stream(Reason.values()).map(Reason::label)).doesNotHaveDuplicates();
    assertThat(Arrays.stream(Reason.values()).map(Reason::label))
        .allMatch(l -> l.matches("[a-z-]+"));
    assertThat(Arrays.stream(Reason.values()).map(Reason::explanation)).noneMatch(String::isBlank);
    assertThat(Arrays.stream(Trigger.values()).map(Trigger::label))
        .containsExactly("launch", "finding", "backfill", "request");
    assertThat(Reason.DENIED.severity()).isEqualTo(Reason.Severity.ACTION_REQUIRED);
    assertThat(Reason.ALREADY_MIRRORED.severity()).isEqualTo(Reason.Severity.CONVERGED);
  }

  @Test
  void printsAScopeAsAccountAndRegion() {
    assertThat(new Scope("111122223333", "us-east-1")).hasToString("111122223333/us-east-1");
  }

  private static Session session(Map<String, String> tags) {
    return new Session(
        new SessionId("tms-1"),
        new InterfaceId("eni-1"),
        new TargetId("tmt-1"),
        new FilterId("tmf-1"),
        100,
        tags);
  }
}
