package io.trafficmirror.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.trafficmirror.demo.Expectation.Expected;
import io.trafficmirror.demo.Expectation.Mirrored;
import io.trafficmirror.demo.Expectation.None;
import io.trafficmirror.demo.Machine.Nic;
import io.trafficmirror.harness.TargetPool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Expectation} for fleets with an obvious expected state. */
final class ExpectationTest {
  private static final WantedPolicy POLICY =
      WantedPolicy.parse(
          """
          tags:
            - tagList: [{Key: mirror, Value: on}, {Key: code, Value: 007}]
              targetId: tmt-1
              filterId: tmf-1
            - tagList: [{Key: day, Value: 2024-01-01}]
              targetId: tmt-2
              filterId: tmf-2
            - tagList: [{Key: pool, Value: yes}]
              targetId: <INSERT_VALUE>
              targetInstanceType: c5.large
              targetInstanceAmi: ami-1
              targetSecurityGroupIds: [sg-1]
              filterId: tmf-1
            - tagList: [{Key: both, Value: yes}]
              targetId: tmt-3
              targetInstanceType: c5.large
              targetInstanceAmi: ami-1
              targetSecurityGroupIds: [sg-1]
              filterId: tmf-1
          subnets:
            - {subnetId: subnet-2, targetId: tmt-4, filterId: tmf-1}
          vpcs:
            - {vpcId: vpc-2, targetId: tmt-5, filterId: tmf-1}
          """);

  @Test
  void matchesAnyTagOfTheList() {
    assertThat(decide(machine(Map.of("mirror", "on"))))
        .isEqualTo(new Mirrored("tags[0]", "eni-primary", "tmt-1", "tmf-1"));
    assertThat(decide(machine(Map.of("code", "007", "mirror", "off"))))
        .isEqualTo(new Mirrored("tags[0]", "eni-primary", "tmt-1", "tmf-1"));
    assertThat(decide(machine(Map.of("day", "2024-01-01"))))
        .isEqualTo(new Mirrored("tags[1]", "eni-primary", "tmt-2", "tmf-2"));
  }

  @Test
  void usesTheFirstMatchInTheOrderTagsSubnetsVpcs() {
    assertThat(decide(at("subnet-2", "vpc-2", Map.of("day", "2024-01-01", "mirror", "on"))))
        .isEqualTo(new Mirrored("tags[0]", "eni-primary", "tmt-1", "tmf-1"));
    assertThat(decide(at("subnet-2", "vpc-2", Map.of())))
        .isEqualTo(new Mirrored("subnets[0]", "eni-primary", "tmt-4", "tmf-1"));
    assertThat(decide(at("subnet-1", "vpc-2", Map.of())))
        .isEqualTo(new Mirrored("vpcs[0]", "eni-primary", "tmt-5", "tmf-1"));
  }

  @Test
  void comparesTagKeysAndValuesAsCaseSensitiveText() {
    assertThat(decide(machine(Map.of("mirror", "true")))).isEqualTo(new None("no-entry-matches"));
    assertThat(decide(machine(Map.of("mirror", "ON")))).isEqualTo(new None("no-entry-matches"));
    assertThat(decide(machine(Map.of("Mirror", "on")))).isEqualTo(new None("no-entry-matches"));
    assertThat(decide(machine(Map.of("code", "7")))).isEqualTo(new None("no-entry-matches"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stopped", "stopping", "shutting-down", "terminated", "unheard-of"})
  void mirrorsOnlyPendingAndRunningInstances(String state) {
    Machine machine = machine(Map.of("mirror", "on"));

    assertThat(decide(machine.withState(state))).isEqualTo(new None("not-running"));
    assertThat(decide(machine.withState("pending"))).isInstanceOf(Mirrored.class);
  }

  @Test
  void neverMirrorsAMirrorTarget() {
    Machine machine = machine(Map.of("mirror", "on"));

    assertThat(decide(machine, Set.of("eni-primary"))).isEqualTo(new None("is-a-mirror-target"));
    assertThat(decide(machine, Set.of("eni-other"))).isInstanceOf(Mirrored.class);
  }

  @Test
  void doesNotMirrorAnInstanceWithoutAPrimaryInterface() {
    Machine machine =
        machine(
            "m5.large", Map.of("mirror", "on"), List.of(nic("eni-1", 1, 0), nic("eni-2", 0, 1)));

    assertThat(decide(machine)).isEqualTo(new None("no-primary-interface"));
  }

  @Test
  void expectsAnyTargetOfThePoolForAnEntryWithoutATargetId() {
    assertThat(decide(machine(Map.of("pool", "yes"))))
        .isInstanceOfSatisfying(
            Mirrored.class, mirrored -> assertThat(TargetPool.isPlace(mirrored.target())).isTrue());
    assertThat(decide(machine(Map.of("both", "yes"))))
        .isEqualTo(new Mirrored("tags[3]", "eni-primary", "tmt-3", "tmf-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"t2.micro", "m8g.large", "c7gn.xlarge", "m6i.metal", "p2.xlarge", ""})
  void rejectsATypeThatAwsDoesNotList(String type) {
    assertThat(decide(machine(type, Map.of("mirror", "on"), List.of(nic("eni-primary", 0, 0)))))
        .isEqualTo(new None("unsupported-source"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"t3.micro", "m7i-flex.large", "c5.metal", "mac2.metal", "u-6tb1.56xlarge"})
  void mirrorsATypeThatAwsLists(String type) {
    assertThat(decide(machine(type, Map.of("mirror", "on"), List.of(nic("eni-primary", 0, 0)))))
        .isInstanceOf(Mirrored.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"efa", "efa-only", "trunk"})
  void rejectsSpecialInterfaceTypes(String kind) {
    Nic nic = new Nic("eni-primary", 0, 0, "subnet-1", "vpc-1", kind);

    assertThat(decide(machine("m5.large", Map.of("mirror", "on"), List.of(nic))))
        .isEqualTo(new None("unsupported-source"));
  }

  @Test
  void countsByEntryAndByReason() {
    Expectation expectation =
        Expectation.of(
            List.of(
                at("i-1", "subnet-2", "vpc-2"),
                at("i-2", "subnet-1", "vpc-2"),
                at("i-3", "subnet-1", "vpc-2"),
                at("i-4", "subnet-1", "vpc-1")),
            POLICY,
            Set.of());

    assertThat(expectation.mirrored()).isEqualTo(3);
    assertThat(expectation.byEntry())
        .containsExactly(
            entry("tags[0]", 0),
            entry("tags[1]", 0),
            entry("tags[2]", 0),
            entry("tags[3]", 0),
            entry("subnets[0]", 1),
            entry("vpcs[0]", 2));
    assertThat(expectation.byReason()).isEqualTo(Map.of("no-entry-matches", 1));
  }

  @Test
  void countsMatchesOfStoppedInstancesAndOfShadowedEntries() {
    Machine stopped = machine(Map.of("mirror", "on")).withState("stopped");
    Machine shadowed = at("subnet-2", "vpc-2", Map.of("pool", "yes"));

    assertThat(Expectation.of(List.of(stopped, shadowed), POLICY, Set.of()).unmatched())
        .containsExactly("tags[1]", "tags[3]");
  }

  private static Expected decide(Machine machine) {
    return decide(machine, Set.of());
  }

  private static Expected decide(Machine machine, Set<String> targets) {
    return Expectation.of(List.of(machine), POLICY, targets)
        .byInstance()
        .values()
        .iterator()
        .next();
  }

  private static Machine machine(Map<String, String> tags) {
    return at("subnet-1", "vpc-1", tags);
  }

  private static Machine at(String subnet, String vpc, Map<String, String> tags) {
    return new Machine(
        "i-1",
        "m5.large",
        "running",
        Optional.of(subnet),
        Optional.of(vpc),
        tags,
        List.of(nic("eni-secondary", 1, 0), nic("eni-primary", 0, 0)));
  }

  private static Machine at(String id, String subnet, String vpc) {
    return new Machine(
        id,
        "m5.large",
        "running",
        Optional.of(subnet),
        Optional.of(vpc),
        Map.of(),
        List.of(nic("eni-" + id, 0, 0)));
  }

  private static Machine machine(String type, Map<String, String> tags, List<Nic> nics) {
    return new Machine(
        "i-1", type, "running", Optional.of("subnet-1"), Optional.of("vpc-1"), tags, nics);
  }

  private static Nic nic(String id, int deviceIndex, int card) {
    return new Nic(id, deviceIndex, card, "subnet-1", "vpc-1", "interface");
  }
}
