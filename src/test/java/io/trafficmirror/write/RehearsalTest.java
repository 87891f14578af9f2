package io.trafficmirror.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.FilterId;
import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.NetworkInterface;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.SessionId;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.mirror.Source;
import io.trafficmirror.mirror.SubnetId;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.mirror.TargetRef;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.FakeEc2;
import io.trafficmirror.port.FakeEc2.Api;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RehearsalTest {

  private static final Ownership OWNERSHIP = new Ownership("prod");
  private static final TargetId TARGET = new TargetId("tmt-1");
  private static final TargetId OTHER_TARGET = new TargetId("tmt-2");
  private static final FilterId FILTER = new FilterId("tmf-1");
  private static final Map<String, String> TAGS = Map.of("k", "v");

  private final VirtualTime time = new VirtualTime();
  private final FakeEc2 ec2 = new FakeEc2(time);
  private final Rehearsal rehearsal = new Rehearsal(ec2, Set.of("m9x"), time);
  private final Deadline deadline =
      new Deadline(VirtualTime.START.plus(Duration.ofMinutes(1)), time);

  @AfterEach
  void writesNothingToEc2() {
    assertThat(ec2.calls()).noneMatch(call -> call.api().isWrite());
  }

  // Sessions

  @Test
  void returnsWhatEc2ReturnsBeforeTheFirstWrite() {
    ec2.add(session("tms-1", 1, TARGET));
    assertThat(on(1)).containsExactly(session("tms-1", 1, TARGET));
    assertThat(to(TARGET)).containsExactly(session("tms-1", 1, TARGET));
    assertThat(to(OTHER_TARGET)).isEmpty();
  }

  @Test
  void returnsACreatedSessionBySourceAndByTarget() {
    ec2.add(session("tms-1", 1, TARGET));
    Session created = got(create(1, TARGET));
    assertThat(created)
        .isEqualTo(new Session(created.id(), new InterfaceId("eni-1"), TARGET, FILTER, 100, TAGS));
    assertThat(on(1)).containsExactly(session("tms-1", 1, TARGET), created);
    assertThat(to(TARGET)).containsExactly(session("tms-1", 1, TARGET), created);
    assertThat(on(2)).isEmpty();
    assertThat(to(OTHER_TARGET)).isEmpty();
  }

  @Test
  void returnsAModifiedSessionForItsNewTargetOnly() {
    ec2.add(session("tms-1", 1, TARGET));
    Session modified = got(modify("tms-1", 1, OTHER_TARGET));
    assertThat(modified.target()).isEqualTo(OTHER_TARGET);
    assertThat(on(1)).containsExactly(modified);
    assertThat(to(OTHER_TARGET)).containsExactly(modified);
    assertThat(to(TARGET)).isEmpty();
  }

  @Test
  void modifyingACreatedSessionKeepsNumberAndTags() {
    Session created = got(create(1, TARGET));
    Session modified = got(modify(created.id().value(), 1, OTHER_TARGET));
    assertThat(modified.number()).isEqualTo(created.number());
    assertThat(modified.tags()).isEqualTo(TAGS);
  }

  @Test
  void modifyingAnEc2SessionKeepsNumberAndTags() {
    ec2.add(session("tms-1", 1, TARGET));
    assertThat(on(1)).hasSize(1);
    Session modified = got(modify("tms-1", 1, OTHER_TARGET));
    assertThat(modified.number()).isEqualTo(7);
    assertThat(modified.tags()).isEqualTo(TAGS);
  }

  @Test
  void hidesDeletedSessions() {
    ec2.add(session("tms-1", 1, TARGET));
    Session created = got(create(1, TARGET));
    got(rehearsal.deleteSession(new SessionId("tms-1"), deadline));
    got(rehearsal.deleteSession(created.id(), deadline));
    assertThat(on(1)).isEmpty();
    assertThat(to(TARGET)).isEmpty();
  }

  @Test
  void createsNoSecondSessionForARepeatedToken() {
    Session first = got(create(1, TARGET));
    assertThat(got(create(1, TARGET))).isEqualTo(first);
    assertThat(on(1)).containsExactly(first);
  }

  @Test
  void acceptsTagChangesWithoutReturningThem() {
    ec2.add(session("tms-1", 1, TARGET));
    assertThat(rehearsal.tag("tms-1", Map.of("a", "b"), deadline))
        .isEqualTo(new Answer.Got<>("tms-1"));
    assertThat(rehearsal.untag("tms-1", Set.of("k"), deadline))
        .isEqualTo(new Answer.Got<>("tms-1"));
    assertThat(on(1)).containsExactly(session("tms-1", 1, TARGET));
  }

  @Test
  void marksCreatedIdsAsDryRun() {
    assertThat(got(create(1, TARGET)).id()).hasToString("tms-dry-run-1");
    assertThat(got(create(2, TARGET)).id()).hasToString("tms-dry-run-2");
    assertThat(got(createTarget("eni-9")).id().value()).startsWith("tmt-dry-run-");
    assertThat(launch("c5.large", 0).id()).hasToString("i-dry-run-1");
    assertThat(launch("c5.large", 1).primary().orElseThrow()).hasToString("eni-dry-run-2");
  }

  // Source instance types

  @ParameterizedTest
  @CsvSource({
    "m5.large, true",
    "m9x.large, true",
    "t2.micro, false",
    "m6i.metal, false",
  })
  void acceptsSourceTypesOnAwssListAndConfiguredFamilies(String type, boolean isAccepted) {
    ec2.add(instance(1, type));
    ec2.add(instance(2, type));
    got(rehearsal.instances(Set.of(new InstanceId("i-1")), deadline));
    assertThat(kind(create(1, TARGET)))
        .isEqualTo(isAccepted ? Optional.empty() : Optional.of(FailureKind.UNSUPPORTED_SOURCE));
    got(rehearsal.page(10, Optional.empty(), deadline));
    assertThat(kind(create(2, TARGET)))
        .as("the instance type is known from a page")
        .isEqualTo(kind(create(1, TARGET)));
    assertThat(on(2)).hasSize(isAccepted ? 1 : 0);
  }

  @Test
  void acceptsASourceOfUnknownType() {
    ec2.add(instance(1, "t2.micro"));
    assertThat(kind(create(1, TARGET))).isEmpty();
  }

  // Targets

  @Test
  void returnsACreatedTarget() {
    ec2.add(new MirrorTarget(OTHER_TARGET, Optional.empty(), Map.of()));
    MirrorTarget created = got(createTarget("eni-9"));
    assertThat(created.networkInterface()).contains(new InterfaceId("eni-9"));
    assertThat(created.tags()).isEqualTo(TAGS);
    assertThat(targets()).containsExactly(OTHER_TARGET, created.id());
  }

  @Test
  void createsOneTargetForARepeatedToken() {
    assertThat(got(createTarget("eni-9"))).isEqualTo(got(createTarget("eni-9")));
    assertThat(targets()).hasSize(1);
    assertThat(got(createTarget("eni-8"))).isNotEqualTo(got(createTarget("eni-9")));
  }

  @Test
  void hidesDeletedTargets() {
    ec2.add(new MirrorTarget(TARGET, Optional.empty(), Map.of()));
    MirrorTarget created = got(createTarget("eni-9"));
    got(rehearsal.deleteTarget(TARGET, deadline));
    got(rehearsal.deleteTarget(created.id(), deadline));
    assertThat(targets()).isEmpty();
  }

  @Test
  void refusesToDeleteATargetUsedByACreatedSession() {
    Session created = got(create(1, TARGET));
    assertThat(kind(rehearsal.deleteTarget(TARGET, deadline))).contains(FailureKind.TARGET_IN_USE);
    got(rehearsal.deleteSession(created.id(), deadline));
    assertThat(kind(rehearsal.deleteTarget(TARGET, deadline))).isEmpty();
  }

  @Test
  void refusesToDeleteATargetUsedByAnEc2Session() {
    ec2.add(session("tms-1", 1, TARGET));
    assertThat(to(TARGET)).hasSize(1);
    assertThat(kind(rehearsal.deleteTarget(TARGET, deadline))).contains(FailureKind.TARGET_IN_USE);
    got(modify("tms-1", 1, OTHER_TARGET));
    assertThat(kind(rehearsal.deleteTarget(TARGET, deadline))).isEmpty();
    assertThat(kind(rehearsal.deleteTarget(OTHER_TARGET, deadline)))
        .contains(FailureKind.TARGET_IN_USE);
  }

  @Test
  void deletesATargetWhoseSessionNoLongerExistsInEc2() {
    ec2.add(session("tms-1", 1, TARGET));
    assertThat(to(TARGET)).hasSize(1);
    ec2.remove(new SessionId("tms-1"));
    assertThat(to(TARGET)).isEmpty();
    assertThat(kind(rehearsal.deleteTarget(TARGET, deadline))).isEmpty();
  }

  // Limits on sources per target

  @ParameterizedTest
  @CsvSource({"c5.large, 10", "c5.18xlarge, 100"})
  void enforcesTheSourceLimitOfTheInstanceType(String type, int sources) {
    MirrorTarget target = got(createTarget(launch(type, 0).primary().orElseThrow().value()));
    for (int i = 0; i < sources; i++) {
      assertThat(kind(create(i, target.id()))).isEmpty();
    }
    assertThat(kind(create(sources, target.id()))).contains(FailureKind.TARGET_FULL);
    assertThat(to(target.id())).hasSize(sources);
  }

  @Test
  void countsSessionsThatEc2Returned() {
    TargetId target = fullTargetOfEc2();
    assertThat(kind(create(10, target))).contains(FailureKind.TARGET_FULL);
    got(rehearsal.deleteSession(new SessionId("tms-3"), deadline));
    assertThat(kind(create(10, target))).isEmpty();
    assertThat(kind(create(11, target))).contains(FailureKind.TARGET_FULL);
  }

  @Test
  void refusesToMoveASessionToAFullTarget() {
    TargetId target = fullTargetOfEc2();
    ec2.add(session("tms-11", 11, OTHER_TARGET));
    assertThat(kind(modify("tms-11", 11, target))).contains(FailureKind.TARGET_FULL);
    assertThat(on(11)).containsExactly(session("tms-11", 11, OTHER_TARGET));
  }

  @Test
  void changesTheFilterOfASessionOnAFullTarget() {
    TargetId target = fullTargetOfEc2();
    assertThat(kind(modify("tms-3", 3, target))).isEmpty();
  }

  @Test
  void hasNoSourceLimitForATargetOutsideThePools() {
    ec2.add(new MirrorTarget(TARGET, Optional.of(new InterfaceId("eni-sensor")), Map.of()));
    assertThat(targets()).containsExactly(TARGET);
    for (int i = 0; i < 150; i++) {
      assertThat(kind(create(i, TARGET))).isEmpty();
    }
  }

  // Pool instances

  @Test
  void returnsALaunchedInstanceAsPending() {
    PoolMember launched = launch("c5.large", 3);
    assertThat(launched)
        .isEqualTo(
            new PoolMember(
                launched.id(),
                InstanceState.PENDING,
                "c5.large",
                pool("c5.large").digest(),
                Optional.of(new Slot(pool("c5.large").digest(), 3, 0)),
                launched.primary(),
                Optional.of(VirtualTime.START)));
    assertThat(launched.primary()).isPresent();
    assertThat(members()).containsExactly(launched);
  }

  @Test
  void launchesOneInstanceForARepeatedToken() {
    PoolMember first = launch("c5.large", 0);
    assertThat(launch("c5.large", 0)).isEqualTo(first);
    PoolMember second = launch("c5.large", 1);
    assertThat(members()).containsExactly(first, second);
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.primary()).isNotEqualTo(first.primary());
  }

  @Test
  void returnsTerminatedInstancesAsShuttingDown() {
    ec2.add(memberOfEc2());
    PoolMember launched = launch("c5.large", 1);
    got(rehearsal.terminate(memberOfEc2().id(), deadline));
    assertThat(members())
        .extracting(PoolMember::state)
        .containsExactly(InstanceState.SHUTTING_DOWN, InstanceState.PENDING);
    got(rehearsal.terminate(launched.id(), deadline));
    assertThat(members()).allMatch(PoolMember::hasEnded);
  }

  @Test
  void refusesTheTokenOfATerminatedInstanceAsEc2Does() {
    got(rehearsal.terminate(launch("c5.large", 0).id(), deadline));
    assertThat(kind(launchAnswer("c5.large", 0))).contains(FailureKind.INSTANCE_ENDED);
  }

  // Failing reads

  @ParameterizedTest
  @EnumSource(
      value = Api.class,
      names = {"INSTANCES", "PAGE", "SESSIONS", "SESSIONS_TO", "TARGETS", "POOL_MEMBERS"})
  void returnsTheFailuresOfEc2Reads(Api api) {
    got(create(1, TARGET));
    ec2.failNext(api, FailureKind.UNAVAILABLE);
    Answer<?> answer =
        switch (api) {
          case INSTANCES -> rehearsal.instances(Set.of(), deadline);
          case PAGE -> rehearsal.page(10, Optional.empty(), deadline);
          case SESSIONS -> rehearsal.sessions(Set.of(), deadline);
          case SESSIONS_TO -> rehearsal.sessionsTo(Set.of(TARGET), deadline);
          case TARGETS -> rehearsal.targets(deadline);
          default -> rehearsal.poolMembers(OWNERSHIP, deadline);
        };
    assertThat(kind(answer)).contains(FailureKind.UNAVAILABLE);
  }

  // Helpers

  private List<Session> on(int source) {
    return got(rehearsal.sessions(Set.of(new InterfaceId("eni-" + source)), deadline));
  }

  private List<Session> to(TargetId target) {
    return got(rehearsal.sessionsTo(Set.of(target), deadline));
  }

  private List<TargetId> targets() {
    return got(rehearsal.targets(deadline)).stream().map(MirrorTarget::id).toList();
  }

  private List<PoolMember> members() {
    return got(rehearsal.poolMembers(OWNERSHIP, deadline));
  }

  private Answer<Session> create(int source, TargetId target) {
    return rehearsal.createSession(
        new Action.CreateSession(
            source(source), "tags[0]", new TargetRef.Existing(target), FILTER, 100),
        TAGS,
        "token-of-the-session-of-eni-" + source,
        deadline);
  }

  private Answer<Session> modify(String session, int source, TargetId target) {
    return rehearsal.modifySession(
        new Action.ModifySession(
            source(source),
            "tags[0]",
            new SessionId(session),
            new TargetRef.Existing(target),
            FILTER),
        deadline);
  }

  private Answer<MirrorTarget> createTarget(String networkInterface) {
    InterfaceId id = new InterfaceId(networkInterface);
    return rehearsal.createTarget(id, TAGS, Slot.targetToken(id), deadline);
  }

  private PoolMember launch(String type, int number) {
    return got(launchAnswer(type, number));
  }

  private Answer<PoolMember> launchAnswer(String type, int number) {
    Slot slot = new Slot(pool(type).digest(), number, 0);
    return rehearsal.launch(
        pool(type), OWNERSHIP.slotTags(slot), slot.launchToken(), OWNERSHIP, deadline);
  }

  /** A target with ten sessions, the limit of its instance type; all of them have been read. */
  private TargetId fullTargetOfEc2() {
    ec2.add(memberOfEc2());
    ec2.add(new MirrorTarget(TARGET, memberOfEc2().primary(), Map.of()));
    for (int i = 0; i < 10; i++) {
      ec2.add(session("tms-" + i, i, TARGET));
    }
    assertThat(members()).hasSize(1);
    assertThat(targets()).hasSize(1);
    assertThat(to(TARGET)).hasSize(10);
    return TARGET;
  }

  private static PoolMember memberOfEc2() {
    Pool pool = pool("c5.large");
    return new PoolMember(
        new InstanceId("i-member"),
        InstanceState.RUNNING,
        pool.instanceType(),
        pool.digest(),
        Optional.of(new Slot(pool.digest(), 0, 0)),
        Optional.of(new InterfaceId("eni-member")),
        Optional.of(VirtualTime.START));
  }

  private static Pool pool(String type) {
    return new Pool("prod", type, "ami-1", List.of("sg-1"), new SubnetId("subnet-1"));
  }

  private static Source source(int number) {
    return new Source(
        new Scope("111122223333", "eu-central-1"),
        new InstanceId("i-" + number),
        new InterfaceId("eni-" + number));
  }

  private static Session session(String id, int source, TargetId target) {
    return new Session(
        new SessionId(id), new InterfaceId("eni-" + source), target, FILTER, 7, TAGS);
  }

  private static Instance instance(int number, String type) {
    return new Instance(
        new InstanceId("i-" + number),
        InstanceState.RUNNING,
        type,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(
            new NetworkInterface(
                new InterfaceId("eni-" + number),
                OptionalInt.of(0),
                0,
                Optional.empty(),
                Optional.empty())));
  }

  private static <T> T got(Answer<T> answer) {
    return switch (answer) {
      case Answer.Got<T>(T value) -> value;
      case Answer.Failed<T>(Failure failure) -> throw new AssertionError(failure);
    };
  }

  private static Optional<FailureKind> kind(Answer<?> answer) {
    return answer instanceof Answer.Failed<?>(Failure failure)
        ? Optional.of(failure.kind())
        : Optional.empty();
  }
}
