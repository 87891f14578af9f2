package io.trafficmirror.mirror;

import static io.trafficmirror.mirror.Fixtures.FILTER;
import static io.trafficmirror.mirror.Fixtures.INSTANCE_ID;
import static io.trafficmirror.mirror.Fixtures.MIRROR_ON;
import static io.trafficmirror.mirror.Fixtures.OURS;
import static io.trafficmirror.mirror.Fixtures.POOL;
import static io.trafficmirror.mirror.Fixtures.PRIMARY;
import static io.trafficmirror.mirror.Fixtures.SCOPE;
import static io.trafficmirror.mirror.Fixtures.SOURCE;
import static io.trafficmirror.mirror.Fixtures.TARGET;
import static io.trafficmirror.mirror.Fixtures.fixed;
import static io.trafficmirror.mirror.Fixtures.instanceIn;
import static io.trafficmirror.mirror.Fixtures.networkInterface;
import static io.trafficmirror.mirror.Fixtures.onDemand;
import static io.trafficmirror.mirror.Fixtures.policy;
import static io.trafficmirror.mirror.Fixtures.primary;
import static io.trafficmirror.mirror.Fixtures.running;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SelectionsTest {

  private static final Optional<String> NO_ENTRY = Optional.empty();
  private static final Optional<String> ENTRY = Optional.of("tags[0]");
  private static final NetworkInterface SECONDARY = networkInterface("eni-2", 1, 0);

  @ParameterizedTest
  @EnumSource(InstanceState.class)
  void selectsPendingAndRunningInstancesOnly(InstanceState state) {
    Selection selection = select(instanceIn(state, MIRROR_ON, primary()), Set.of(), fixed(100));
    if (state == InstanceState.PENDING || state == InstanceState.RUNNING) {
      assertThat(selection).isInstanceOf(Selection.Selected.class);
    } else {
      assertThat(selection).isEqualTo(new Selection.NotSelected(Reason.NOT_RUNNING, NO_ENTRY));
    }
  }

  static Stream<Arguments> reasons() {
    return Stream.of(
        row(
            "neither pending nor running",
            instanceIn(InstanceState.STOPPED, MIRROR_ON, primary()),
            Reason.NOT_RUNNING,
            NO_ENTRY),
        row(
            "launched for one of our pools",
            instanceIn(InstanceState.PENDING, pooled("prod"), primary()),
            Reason.IS_A_MIRROR_TARGET,
            NO_ENTRY),
        row(
            "launched for a pool of another deployment",
            instanceIn(InstanceState.PENDING, pooled("other"), primary()),
            Reason.IS_A_MIRROR_TARGET,
            NO_ENTRY),
        row(
            "matched by no entry",
            instanceIn(InstanceState.RUNNING, Map.of("mirror", "off"), primary()),
            Reason.NO_ENTRY_MATCHES,
            NO_ENTRY),
        row(
            "matched by no entry, without a primary interface",
            instanceIn(InstanceState.RUNNING, Map.of(), SECONDARY),
            Reason.NO_ENTRY_MATCHES,
            NO_ENTRY),
        row(
            "no interface at device index 0",
            instanceIn(InstanceState.RUNNING, MIRROR_ON, SECONDARY),
            Reason.NO_PRIMARY_INTERFACE,
            ENTRY),
        row(
            "device index 0 on another network card",
            instanceIn(InstanceState.RUNNING, MIRROR_ON, networkInterface("eni-2", 0, 1)),
            Reason.NO_PRIMARY_INTERFACE,
            ENTRY),
        row(
            "no interface at all",
            instanceIn(InstanceState.RUNNING, MIRROR_ON),
            Reason.NO_PRIMARY_INTERFACE,
            ENTRY));
  }

  private static Arguments row(
      String what, Instance instance, Reason reason, Optional<String> entry) {
    return Arguments.of(what, instance, reason, entry);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("reasons")
  void givesReasonAndMatchingEntryOfAnInstanceThatIsNotSelected(
      String what, Instance instance, Reason reason, Optional<String> entry) {
    assertThat(select(instance, Set.of(), fixed(100)))
        .as(what)
        .isEqualTo(new Selection.NotSelected(reason, entry));
  }

  @Test
  void doesNotSelectAnInstanceWithATargetOnAnyInterface() {
    Instance instance = instanceIn(InstanceState.RUNNING, MIRROR_ON, primary(), SECONDARY);
    Selection isTarget = new Selection.NotSelected(Reason.IS_A_MIRROR_TARGET, ENTRY);
    assertThat(select(instance, Set.of(PRIMARY), fixed(100))).isEqualTo(isTarget);
    assertThat(select(instance, Set.of(SECONDARY.id()), fixed(100))).isEqualTo(isTarget);
    assertThat(select(instance, Set.of(new InterfaceId("eni-9")), fixed(100)))
        .isInstanceOf(Selection.Selected.class);
  }

  @Test
  void findsThePrimaryInterfaceByAttachmentNotByPosition() {
    NetworkInterface detached =
        new NetworkInterface(
            new InterfaceId("eni-4"), OptionalInt.empty(), 0, Optional.empty(), Optional.empty());
    Instance instance =
        instanceIn(
            InstanceState.RUNNING,
            MIRROR_ON,
            networkInterface("eni-3", 0, 1),
            detached,
            SECONDARY,
            primary());
    assertThat(select(instance, Set.of(), fixed(100)))
        .isEqualTo(selected(instance, new WantedSession.Aim.Target(TARGET)));
  }

  @Test
  void usesTargetFilterAndNumberOfTheEntry() {
    assertThat(select(running(), Set.of(), fixed(7)))
        .isEqualTo(
            new Selection.Selected(
                new WantedSession(
                    SOURCE,
                    running(),
                    "tags[0]",
                    new WantedSession.Aim.Target(TARGET),
                    FILTER,
                    7)));
  }

  @Test
  void usesAPoolInTheSourcesSubnetIfTheEntryHasNone() {
    assertThat(select(running(), Set.of(), onDemand()))
        .isEqualTo(selected(running(), new WantedSession.Aim.AnyOf(POOL)));
  }

  @Test
  void hasNoTargetIfNeitherEntryNorSourceHasASubnet() {
    Instance without =
        new Instance(
            INSTANCE_ID,
            InstanceState.RUNNING,
            "m5.large",
            MIRROR_ON,
            Optional.empty(),
            Optional.empty(),
            List.of(primary()));
    assertThat(select(without, Set.of(), onDemand()))
        .isEqualTo(new Selection.NotSelected(Reason.NO_TARGET, ENTRY));
  }

  @Test
  void usesTheFirstOfTwoInstancesWithTheSameId() {
    Instance stopped = instanceIn(InstanceState.STOPPED, MIRROR_ON, primary());
    Selections selections =
        Selections.of(SCOPE, List.of(stopped, running()), Set.of(), policy(fixed(100)), OURS);
    assertThat(selections.of(INSTANCE_ID))
        .contains(new Selection.NotSelected(Reason.NOT_RUNNING, NO_ENTRY));
    assertThat(selections.size()).isEqualTo(1);
  }

  @Test
  void isEmptyForAnInstanceThatWasNotObserved() {
    assertThat(selections(running()).of(new InstanceId("i-9"))).isEmpty();
  }

  @Test
  void returnsWantedSessionsOfSelectedInstancesOnly() {
    Instance unwanted =
        new Instance(
            new InstanceId("i-2"),
            InstanceState.RUNNING,
            "m5.large",
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(networkInterface("eni-2", 0, 0)));
    assertThat(selections(running(), unwanted).wanted())
        .extracting(WantedSession::source)
        .containsExactly(SOURCE);
    assertThat(selections(running(), unwanted).scope()).isEqualTo(SCOPE);
  }

  private static Selections selections(Instance... instances) {
    return Selections.of(SCOPE, List.of(instances), Set.of(), policy(fixed(100)), OURS);
  }

  private static Selection select(
      Instance instance, Set<InterfaceId> targets, DesiredSession desired) {
    return Selections.of(SCOPE, List.of(instance), targets, policy(desired), OURS)
        .of(instance.id())
        .orElseThrow();
  }

  private static Selection selected(Instance instance, WantedSession.Aim aim) {
    return new Selection.Selected(new WantedSession(SOURCE, instance, "tags[0]", aim, FILTER, 100));
  }

  /** The tags of an instance that matches the policy but was launched as a target. */
  private static Map<String, String> pooled(String deployment) {
    Map<String, String> tags = new HashMap<>(MIRROR_ON);
    tags.put(Ownership.DEPLOYMENT_TAG, deployment);
    tags.put(Ownership.POOL_TAG, "0a");
    return tags;
  }
}
