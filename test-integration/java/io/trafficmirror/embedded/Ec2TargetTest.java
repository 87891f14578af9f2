package io.trafficmirror.embedded;

import static io.trafficmirror.embedded.Ec2World.BALANCER;
import static io.trafficmirror.embedded.Ec2World.FILTER;
import static io.trafficmirror.embedded.Ec2World.TARGET;
import static io.trafficmirror.embedded.Ec2World.eni;
import static io.trafficmirror.embedded.Ec2World.errorOf;
import static io.trafficmirror.embedded.Ec2World.filter;
import static io.trafficmirror.embedded.Ec2World.instance;
import static io.trafficmirror.embedded.Ec2World.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorFilter;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorFilterRule;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorTarget;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorTargetType;

/** Mirror targets and mirror filters. */
final class Ec2TargetTest {

  private final Ec2World world = new Ec2World().running(1).running(2);

  @Test
  void describesATargetAsItWasCreated() {
    TrafficMirrorTarget made =
        world
            .client
            .createTrafficMirrorTarget(r -> r.networkInterfaceId(eni(1)).description("sensor"))
            .trafficMirrorTarget();

    assertThat(made.type()).isEqualTo(TrafficMirrorTargetType.NETWORK_INTERFACE);
    assertThat(made.ownerId()).isEqualTo("111122223333");
    assertThat(
            world
                .client
                .describeTrafficMirrorTargets(
                    r -> r.trafficMirrorTargetIds(made.trafficMirrorTargetId()))
                .trafficMirrorTargets())
        .containsExactly(made);
    assertThat(find("network-interface-id", eni(1))).containsExactly(made.trafficMirrorTargetId());
    assertThat(find("network-load-balancer-arn", BALANCER)).containsExactly(TARGET);
    assertThat(world.ec2.targets())
        .extracting(TargetView::interfaceId)
        .contains(Optional.of(eni(1)));
    assertThat(world.unsupported()).isEmpty();
  }

  @Test
  void aTargetInterfaceCannotBeASecondTargetOrASource() {
    target(1);

    assertThat(errorOf(() -> target(1))).isEqualTo("400 InterfaceInUseByTrafficMirrorTarget");
    assertThat(errorOf(() -> mirror(1, TARGET)))
        .isEqualTo("400 InterfaceInUseByTrafficMirrorTarget");
  }

  @Test
  void rejectsASourceAsATarget() {
    mirror(1, TARGET);

    assertThat(errorOf(() -> target(1))).isEqualTo("400 InterfaceInUseByTrafficMirrorSession");
  }

  @Test
  void rejectsATargetWithoutAValidResource() {
    assertThatThrownBy(
            () -> world.client.createTrafficMirrorTarget(r -> r.networkInterfaceId(eni(9))))
        .hasMessageContaining("The interface ID '%s' does not exist".formatted(eni(9)));
    assertThat(
            errorOf(
                () ->
                    world.client.createTrafficMirrorTarget(
                        r -> r.networkLoadBalancerArn("arn:aws:nonsense"))))
        .isEqualTo("400 NetworkLoadBalancerNotFoundException");
    assertThat(errorOf(() -> world.client.createTrafficMirrorTarget(r -> r.description("d"))))
        .isEqualTo("400 MissingParameter");
    assertThat(
            errorOf(
                () ->
                    world.client.createTrafficMirrorTarget(
                        r -> r.networkInterfaceId(eni(1)).networkLoadBalancerArn(BALANCER))))
        .isEqualTo("400 InvalidParameterCombination");
    assertThat(
            errorOf(
                () ->
                    world.client.createTrafficMirrorTarget(
                        r -> r.networkLoadBalancerArn(BALANCER))))
        .isEqualTo("400 NlbInUseByTrafficMirrorTargetException");
  }

  @Test
  void rejectsDeletingATargetInUse() {
    String target = target(1);
    mirror(2, target);

    assertThat(errorOf(() -> deleteTarget(target)))
        .isEqualTo("400 TrafficMirrorTargetInUseException");
    world.ec2.setState(instance(2), "terminated");
    assertThat(errorOf(() -> deleteTarget(target))).isEqualTo("none");
    assertThat(errorOf(() -> deleteTarget(target)))
        .isEqualTo("400 InvalidTrafficMirrorTargetId.NotFound");
    assertThat(errorOf(() -> target(1))).as("the interface is free again").isEqualTo("none");
  }

  @Test
  void aTargetAndItsSessionsOutliveItsInstance() {
    String target = target(1);
    mirror(2, target);
    world.ec2.setState(instance(1), "terminated");

    assertThat(find("traffic-mirror-target-id", target)).containsExactly(target);
    assertThat(world.ec2.sessions()).hasSize(1);
  }

  @Test
  void rejectsDeletingAFilterInUse() {
    mirror(1, TARGET);

    assertThat(errorOf(() -> deleteFilter(FILTER))).isEqualTo("400 TrafficMirrorFilterInUse");
    String free = createFilter();
    assertThat(errorOf(() -> deleteFilter(free))).isEqualTo("none");
    assertThat(errorOf(() -> deleteFilter(free)))
        .isEqualTo("400 InvalidTrafficMirrorFilterId.NotFound");
  }

  @Test
  void ruleNumbersAreUniquePerFilterAndDirection() {
    String id = createFilter();
    TrafficMirrorFilterRule in = rule(id, "ingress", 1);
    TrafficMirrorFilterRule out = rule(id, "egress", 1);
    TrafficMirrorFilter shown = describeFilter(id);

    assertThat(shown.ingressFilterRules()).containsExactly(in);
    assertThat(shown.egressFilterRules()).containsExactly(out);
    assertThat(errorOf(() -> rule(id, "egress", 1)))
        .isEqualTo("400 TrafficMirrorFilterRuleAlreadyExists");
    world.client.deleteTrafficMirrorFilterRule(
        r -> r.trafficMirrorFilterRuleId(in.trafficMirrorFilterRuleId()));
    assertThat(describeFilter(id).ingressFilterRules()).isEmpty();
  }

  @Test
  void rejectsRulesWithMixedIpVersionsOrUnknownValues() {
    String id = createFilter();

    assertThat(errorOf(() -> rule(id, "ingress", 1, "::/0")))
        .isEqualTo("400 InvalidParameterValue");
    assertThat(errorOf(() -> rule(id, "sideways", 1))).isEqualTo("400 InvalidParameterValue");
    assertThat(errorOf(() -> rule("tmf-9", "ingress", 1)))
        .isEqualTo("400 InvalidTrafficMirrorFilterId.NotFound");
  }

  @Test
  void rejectsAnEleventhRuleInAFilter() {
    String id = createFilter();
    for (int number = 1; number <= 10; number++) {
      rule(id, "ingress", number);
    }

    assertThat(errorOf(() -> rule(id, "ingress", 11)))
        .isEqualTo("400 TrafficMirrorFilterRuleLimitExceeded");
  }

  private String target(int n) {
    return world
        .client
        .createTrafficMirrorTarget(r -> r.networkInterfaceId(eni(n)))
        .trafficMirrorTarget()
        .trafficMirrorTargetId();
  }

  private void deleteTarget(String id) {
    world.client.deleteTrafficMirrorTarget(r -> r.trafficMirrorTargetId(id));
  }

  private void mirror(int n, String target) {
    world.client.createTrafficMirrorSession(session(eni(n)).trafficMirrorTargetId(target).build());
  }

  private List<String> find(String name, String... values) {
    return world
        .client
        .describeTrafficMirrorTargets(r -> r.filters(filter(name, values)))
        .trafficMirrorTargets()
        .stream()
        .map(TrafficMirrorTarget::trafficMirrorTargetId)
        .toList();
  }

  private String createFilter() {
    return world
        .client
        .createTrafficMirrorFilter(r -> r.description("all"))
        .trafficMirrorFilter()
        .trafficMirrorFilterId();
  }

  private void deleteFilter(String id) {
    world.client.deleteTrafficMirrorFilter(r -> r.trafficMirrorFilterId(id));
  }

  private TrafficMirrorFilter describeFilter(String id) {
    return world
        .client
        .describeTrafficMirrorFilters(r -> r.filters(filter("traffic-mirror-filter-id", id)))
        .trafficMirrorFilters()
        .getFirst();
  }

  private TrafficMirrorFilterRule rule(String id, String direction, int number) {
    return rule(id, direction, number, "0.0.0.0/0");
  }

  private TrafficMirrorFilterRule rule(String id, String direction, int number, String source) {
    return world
        .client
        .createTrafficMirrorFilterRule(
            r ->
                r.trafficMirrorFilterId(id)
                    .trafficDirection(direction)
                    .ruleNumber(number)
                    .ruleAction("accept")
                    .sourceCidrBlock(source)
                    .destinationCidrBlock("0.0.0.0/0"))
        .trafficMirrorFilterRule();
  }
}
