package io.trafficmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlannerTest {

  private static final Ownership OURS = new Ownership("prod");
  private static final InstanceId INSTANCE = new InstanceId("i-1");
  private static final InterfaceId PRIMARY = new InterfaceId("eni-1");
  private static final TargetId TARGET = new TargetId("tmt-1");
  private static final FilterId FILTER = new FilterId("tmf-1");

  @Test
  void aMatchingInstanceWithoutSessionsGetsOneWithTheEntrysNumber() {
    assertThat(plan(running(), List.of(), Set.of(), wanted(100)))
        .isEqualTo(
            act(new Action.CreateSession(INSTANCE, PRIMARY, "tags[0]", TARGET, FILTER, 100)));
  }

  @ParameterizedTest
  @EnumSource(InstanceState.class)
  void onlyPendingAndRunningInstancesAreMirrored(InstanceState state) {
    Plan plan = plan(instance(state, List.of(primary())), List.of(), Set.of(), wanted(100));
    if (state == InstanceState.PENDING || state == InstanceState.RUNNING) {
      assertThat(plan).isInstanceOf(Plan.Act.class);
    } else {
      assertThat(plan).isEqualTo(nothing(Reason.NOT_RUNNING));
    }
  }

  @Test
  void anInstanceThatNoEntryWantsIsLeftAlone() {
    assertThat(Planner.screen(running(), Set.of(), Optional.empty(), OURS))
        .isEqualTo(new Screening.Settled(Reason.NO_ENTRY_MATCHES));
  }

  @Test
  void anInstanceWithoutAPrimaryInterfaceIsNotMirroredOnAnotherOne() {
    Instance instance = instance(InstanceState.RUNNING, List.of(networkInterface("eni-2", 1, 0)));
    assertThat(plan(instance, List.of(), Set.of(), wanted(100)))
        .isEqualTo(nothing(Reason.NO_PRIMARY_INTERFACE));
  }

  @Test
  void thePrimaryInterfaceIsFoundByAttachmentAndNotByItsPlace() {
    Instance instance =
        instance(
            InstanceState.RUNNING,
            List.of(
                networkInterface("eni-3", 0, 1),
                new NetworkInterface(
                    new InterfaceId("eni-4"),
                    OptionalInt.empty(),
                    0,
                    Optional.empty(),
                    Optional.empty()),
                networkInterface("eni-2", 1, 0),
                primary()));
    assertThat(plan(instance, List.of(), Set.of(), wanted(100)))
        .isEqualTo(
            act(new Action.CreateSession(INSTANCE, PRIMARY, "tags[0]", TARGET, FILTER, 100)));
  }

  @Test
  void anInstanceWithAnyInterfaceThatIsATargetIsNeverMirrored() {
    Instance instance =
        instance(InstanceState.RUNNING, List.of(primary(), networkInterface("eni-2", 1, 0)));
    assertThat(plan(instance, List.of(), Set.of(new InterfaceId("eni-2")), wanted(100)))
        .isEqualTo(nothing(Reason.IS_A_MIRROR_TARGET));
    assertThat(plan(instance, List.of(), Set.of(PRIMARY), wanted(100)))
        .isEqualTo(nothing(Reason.IS_A_MIRROR_TARGET));
    assertThat(plan(instance, List.of(), Set.of(new InterfaceId("eni-9")), wanted(100)))
        .isInstanceOf(Plan.Act.class);
  }

  @Test
  void anEntryThatAsksForATargetOnDemandAimsAtAPoolInTheSourcesSubnet() {
    Instance source =
        new Instance(
            INSTANCE,
            InstanceState.RUNNING,
            "m5.large",
            Map.of(),
            Optional.of(new SubnetId("subnet-1")),
            Optional.empty(),
            List.of(primary()));
    Pool pool = new Pool("prod", "t3.micro", "ami-1", List.of("sg-1"), new SubnetId("subnet-1"));
    assertThat(Planner.screen(source, Set.of(), Optional.of(onDemand()), OURS))
        .isEqualTo(
            new Screening.Candidate(
                INSTANCE, PRIMARY, "vpcs[0]", new Screening.Aim.AnyOf(pool), FILTER, 100));
  }

  @Test
  void aSourceWithoutASubnetHasNoPool() {
    assertThat(Planner.screen(running(), Set.of(), Optional.of(onDemand()), OURS))
        .isEqualTo(new Screening.Settled(Reason.NO_TARGET));
  }

  @ParameterizedTest
  @ValueSource(strings = {"prod", "other"})
  void anInstanceOfAnyDeploymentsPoolIsLeftAloneBeforeItIsATarget(String deployment) {
    Instance member =
        new Instance(
            INSTANCE,
            InstanceState.PENDING,
            "m5.large",
            Map.of(Ownership.DEPLOYMENT_TAG, deployment, Ownership.POOL_TAG, "0a"),
            Optional.empty(),
            Optional.empty(),
            List.of(primary()));
    assertThat(plan(member, List.of(), Set.of(), wanted(100)))
        .isEqualTo(nothing(Reason.IS_A_MIRROR_TARGET));
  }

  @Test
  void aSessionToAnyAcceptableTargetSuffices() {
    TargetId other = new TargetId("tmt-other");
    Session session = session("tms-1", 7, other, FILTER, "prod");
    assertThat(Planner.plan(candidate(), TARGET, Set.of(TARGET, other), List.of(session), OURS))
        .isEqualTo(nothing(Reason.ALREADY_MIRRORED));
  }

  @Test
  void aSessionThatGoesToAnAcceptableTargetStaysThereWhenItsFilterChanges() {
    TargetId other = new TargetId("tmt-other");
    Session session = session("tms-1", 7, other, new FilterId("tmf-old"), "prod");
    assertThat(Planner.plan(candidate(), TARGET, Set.of(TARGET, other), List.of(session), OURS))
        .isEqualTo(
            act(
                new Action.ModifySession(
                    INSTANCE, PRIMARY, "tags[0]", new SessionId("tms-1"), other, FILTER)));
  }

  private static Screening.Candidate candidate() {
    return new Screening.Candidate(
        INSTANCE, PRIMARY, "tags[0]", new Screening.Aim.Target(TARGET), FILTER, 100);
  }

  private static DesiredSession onDemand() {
    return new DesiredSession(
        "vpcs[0]",
        new Destination.OnDemand(
            new LaunchSpecification("t3.micro", "ami-1", List.of("sg-1"), Optional.empty())),
        FILTER,
        100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"prod", "other", ""})
  void theWantedTargetAndFilterSufficeWhoeverMadeTheSession(String deployment) {
    assertThat(
            plan(
                running(),
                List.of(session("tms-1", 7, TARGET, FILTER, deployment)),
                Set.of(),
                wanted(100)))
        .isEqualTo(nothing(Reason.ALREADY_MIRRORED));
  }

  @Test
  void aSessionOfOursWithAnotherTargetOrFilterIsModifiedInPlace() {
    Plan expected =
        act(
            new Action.ModifySession(
                INSTANCE, PRIMARY, "tags[0]", new SessionId("tms-1"), TARGET, FILTER));
    assertThat(
            plan(
                running(),
                List.of(session("tms-1", 5, new TargetId("tmt-9"), FILTER, "prod")),
                Set.of(),
                wanted(100)))
        .isEqualTo(expected);
    assertThat(
            plan(
                running(),
                List.of(session("tms-1", 5, TARGET, new FilterId("tmf-9"), "prod")),
                Set.of(),
                wanted(100)))
        .isEqualTo(expected);
  }

  @Test
  void ofSeveralSessionsOfOursTheOneWithTheLowestNumberIsModified() {
    List<Session> sessions =
        List.of(
            session("tms-a", 9, new TargetId("tmt-9"), FILTER, "prod"),
            session("tms-c", 5, new TargetId("tmt-9"), FILTER, "prod"),
            session("tms-b", 1, new TargetId("tmt-9"), FILTER, "other"));
    assertThat(plan(running(), sessions, Set.of(), wanted(100)))
        .isEqualTo(
            act(
                new Action.ModifySession(
                    INSTANCE, PRIMARY, "tags[0]", new SessionId("tms-c"), TARGET, FILTER)));
  }

  @Test
  void aForeignSessionIsNeverModifiedAndItsNumberIsNotTaken() {
    List<Session> sessions =
        List.of(
            session("tms-1", 100, new TargetId("tmt-9"), FILTER, "other"),
            session("tms-2", 101, new TargetId("tmt-9"), FILTER, ""));
    assertThat(plan(running(), sessions, Set.of(), wanted(100)))
        .isEqualTo(
            act(new Action.CreateSession(INSTANCE, PRIMARY, "tags[0]", TARGET, FILTER, 102)));
  }

  @Test
  void aForeignSessionBesideTheWantedNumberDoesNotMoveIt() {
    List<Session> sessions = List.of(session("tms-1", 101, new TargetId("tmt-9"), FILTER, "other"));
    assertThat(plan(running(), sessions, Set.of(), wanted(100)))
        .isEqualTo(
            act(new Action.CreateSession(INSTANCE, PRIMARY, "tags[0]", TARGET, FILTER, 100)));
  }

  @Test
  void pastTheHighestNumberTheSearchStartsAgainAtTheLowest() {
    List<Session> sessions =
        List.of(session("tms-1", 32_766, new TargetId("tmt-9"), FILTER, "other"));
    assertThat(plan(running(), sessions, Set.of(), wanted(32_766)))
        .isEqualTo(act(new Action.CreateSession(INSTANCE, PRIMARY, "tags[0]", TARGET, FILTER, 1)));
  }

  @Test
  void threeForeignSessionsLeaveNoRoom() {
    List<Session> sessions =
        List.of(
            session("tms-1", 1, new TargetId("tmt-9"), FILTER, "other"),
            session("tms-2", 2, new TargetId("tmt-9"), FILTER, ""),
            session("tms-3", 3, new TargetId("tmt-9"), FILTER, ""));
    assertThat(plan(running(), sessions, Set.of(), wanted(100)))
        .isEqualTo(nothing(Reason.INTERFACE_SESSION_LIMIT));
    assertThat(plan(running(), sessions.subList(0, 2), Set.of(), wanted(100)))
        .isInstanceOf(Plan.Act.class);
  }

  @Test
  void sessionsOfOtherInterfacesArePassedOver() {
    Session elsewhere =
        new Session(
            new SessionId("tms-1"), new InterfaceId("eni-8"), TARGET, FILTER, 100, Map.of());
    assertThat(plan(running(), List.of(elsewhere), Set.of(), wanted(100)))
        .isEqualTo(
            act(new Action.CreateSession(INSTANCE, PRIMARY, "tags[0]", TARGET, FILTER, 100)));
  }

  static Plan plan(
      Instance instance, List<Session> sessions, Set<InterfaceId> targets, DesiredSession wanted) {
    return switch (Planner.screen(instance, targets, Optional.of(wanted), OURS)) {
      case Screening.Settled(Reason reason) -> nothing(reason);
      case Screening.Candidate candidate ->
          Planner.plan(candidate, TARGET, Set.of(TARGET), sessions, OURS);
    };
  }

  private static Plan act(Action action) {
    return new Plan.Act(List.of(action));
  }

  private static Plan nothing(Reason reason) {
    return new Plan.Nothing(reason);
  }

  static DesiredSession wanted(int number) {
    return new DesiredSession("tags[0]", new Destination.Fixed(TARGET), FILTER, number);
  }

  static Instance running() {
    return instance(InstanceState.RUNNING, List.of(primary()));
  }

  private static Instance instance(InstanceState state, List<NetworkInterface> interfaces) {
    return new Instance(
        INSTANCE, state, "m5.large", Map.of(), Optional.empty(), Optional.empty(), interfaces);
  }

  private static NetworkInterface primary() {
    return networkInterface(PRIMARY.value(), 0, 0);
  }

  private static NetworkInterface networkInterface(String id, int deviceIndex, int card) {
    return new NetworkInterface(
        new InterfaceId(id), OptionalInt.of(deviceIndex), card, Optional.empty(), Optional.empty());
  }

  private static Session session(
      String id, int number, TargetId target, FilterId filter, String deployment) {
    Map<String, String> tags =
        deployment.isEmpty() ? Map.of() : Map.of(Ownership.DEPLOYMENT_TAG, deployment);
    return new Session(new SessionId(id), PRIMARY, target, filter, number, tags);
  }
}
