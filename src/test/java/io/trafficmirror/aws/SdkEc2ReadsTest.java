package io.trafficmirror.aws;

import static io.trafficmirror.aws.World.failure;
import static io.trafficmirror.aws.World.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.SessionId;
import io.trafficmirror.mirror.SubnetId;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.mirror.VpcId;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Ec2Reads.InstancePage;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SdkEc2ReadsTest {
  private static final Ownership OURS = new Ownership("prod");
  private static final Set<InstanceId> ONE = Set.of(new InstanceId("i-0a1"));
  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void findsThePrimaryInterfaceAnywhereInTheList() {
    world.http.answer("describe-instances");
    List<Instance> instances = got(world.reads.instances(ONE, world.inAMinute()));
    assertThat(instances).extracting(i -> i.id().value()).containsExactly("i-0a1", "i-0a2");
    Instance running = instances.getFirst();
    assertThat(running.state()).isEqualTo(InstanceState.RUNNING);
    assertThat(running.type()).isEqualTo("m5.large");
    assertThat(running.tags()).isEqualTo(Map.of("mirror", "on", "Name", "web"));
    assertThat(running.subnet()).contains(new SubnetId("subnet-0a1"));
    assertThat(running.vpc()).contains(new VpcId("vpc-0a1"));
    assertThat(running.interfaces()).hasSize(3);
    assertThat(running.primaryInterface().map(i -> i.id().value())).contains("eni-0a1");
    assertThat(instances.getLast().state()).isEqualTo(InstanceState.TERMINATED);
    assertThat(instances.getLast().subnet()).isEmpty();
  }

  @Test
  void readsInstancesByFilterWithFullPages() {
    world.http.answer("describe-instances");
    got(world.reads.instances(ONE, world.inAMinute()));
    assertThat(world.http.requests().getFirst().parameters())
        .containsEntry("Action", "DescribeInstances")
        .containsEntry("Filter.1.Name", "instance-id")
        .containsEntry("Filter.1.Value.1", "i-0a1")
        .containsEntry("MaxResults", "1000")
        .doesNotContainKeys("InstanceId.1", "NextToken");
  }

  @Test
  void splitsFourHundredAndFiftyIdsIntoThreeCalls() {
    for (int i = 0; i < 3; i++) {
      world.http.answer("describe-instances-nothing");
    }
    Set<InstanceId> ids =
        IntStream.range(0, 450)
            .mapToObj(i -> new InstanceId("i-" + (1_000 + i)))
            .collect(Collectors.toSet());
    assertThat(got(world.reads.instances(ids, world.inAMinute()))).isEmpty();
    List<Map<String, String>> calls =
        world.http.requests().stream().map(FakeHttp.Request::parameters).toList();
    assertThat(calls).hasSize(3);
    assertThat(calls.get(0)).containsEntry("Filter.1.Value.200", "i-1199");
    assertThat(calls.get(0)).doesNotContainKey("Filter.1.Value.201");
    assertThat(calls.get(1)).containsEntry("Filter.1.Value.1", "i-1200");
    assertThat(calls.get(2)).containsEntry("Filter.1.Value.50", "i-1449");
    assertThat(calls.get(2)).doesNotContainKey("Filter.1.Value.51");
  }

  @Test
  void makesNoCallWithoutIds() {
    assertThat(got(world.reads.instances(Set.of(), world.inAMinute()))).isEmpty();
    assertThat(got(world.reads.sessions(Set.of(), world.inAMinute()))).isEmpty();
    assertThat(world.http.requests()).isEmpty();
  }

  @Test
  void readsAllPagesEvenAfterAnEmptyOne() {
    world
        .http
        .answer("describe-instances-first-page")
        .answer("describe-instances-empty-page")
        .answer("describe-instances-last-page");
    List<Instance> instances = got(world.reads.instances(ONE, world.inAMinute()));
    assertThat(instances)
        .extracting(i -> i.id() + " " + i.state())
        .containsExactly("i-0a1 RUNNING", "i-0a2 UNKNOWN", "i-0a3 UNKNOWN");
    assertThat(world.http.requests())
        .extracting(request -> request.parameters().getOrDefault("NextToken", "none"))
        .containsExactly("none", "token-2", "token-3");
  }

  @Test
  void failsIfAPageReturnsItsOwnToken() {
    world.http.answer("describe-instances-empty-page").answer("describe-instances-empty-page");
    Failure failure = failure(world.reads.instances(ONE, world.inAMinute()));
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure.code()).isEqualTo("token-repeated");
    assertThat(world.http.requests()).hasSize(2);
  }

  @Test
  void stopsAfterOneHundredPages() {
    String page = FakeHttp.file("describe-instances-empty-page");
    for (int i = 0; i < 101; i++) {
      world.http.reply(
          new FakeHttp.Reply.Answer(200, Map.of(), page.replace("token-3", "token-" + i)));
    }
    assertThat(failure(world.reads.instances(ONE, world.inAMinute())).code())
        .isEqualTo("too-many-pages");
    assertThat(world.http.requests()).hasSize(100);
  }

  @Test
  void failsIfALaterPageFails() {
    world.http.answer("describe-instances-first-page").error(403, "UnauthorizedOperation");
    Failure failure = failure(world.reads.instances(ONE, world.inAMinute()));
    assertThat(failure)
        .isEqualTo(
            new Failure(
                FailureKind.DENIED,
                "UnauthorizedOperation",
                "DescribeInstances of 1 ids from i-0a1 to i-0a1, page 2: AWS returned"
                    + " UnauthorizedOperation: what EC2 says about it (HTTP 403, request id"
                    + " ea966190-f9aa-478e-9ede-example)"));
  }

  @Test
  void mapsIncompleteInstancesAsFarAsPossible() {
    world.http.answer("describe-instances-odd");
    List<Instance> instances = got(world.reads.instances(ONE, world.inAMinute()));
    assertThat(instances)
        .extracting(i -> i.id().value())
        .containsExactly("i-0a1", "i-0a2", "i-0a3");
    assertThat(instances).allMatch(i -> i.state() == InstanceState.UNKNOWN);
    assertThat(instances).allMatch(i -> i.primaryInterface().isEmpty());
    Instance odd = instances.get(1);
    assertThat(odd.type()).isEqualTo("z9.colossal");
    assertThat(odd.tags()).isEqualTo(Map.of("mirror", "on", "bare", "", "blank", ""));
    assertThat(odd.subnet()).isEmpty();
    assertThat(odd.vpc()).isEmpty();
    assertThat(odd.interfaces())
        .extracting(i -> i.id().value())
        .containsExactly("eni-0b1", "eni-0b2");
  }

  @Test
  void readsAPageByItsToken() {
    world.http.answer("describe-instances-first-page").answer("describe-instances-last-page");
    InstancePage first = got(world.reads.page(200, Optional.empty(), world.inAMinute()));
    assertThat(first.instances()).hasSize(2);
    assertThat(first.nextToken()).contains("token-2");
    InstancePage last = got(world.reads.page(200, first.nextToken(), world.inAMinute()));
    assertThat(last.nextToken()).isEmpty();
    assertThat(world.http.requests().getFirst().parameters())
        .containsEntry("MaxResults", "200")
        .doesNotContainKeys("NextToken", "Filter.1.Name");
    assertThat(world.http.requests().getLast().parameters()).containsEntry("NextToken", "token-2");
  }

  @Test
  void mapsAnInvalidParameterWithATokenToARefusedToken() {
    world.http.error(400, "InvalidParameterValue").error(400, "InvalidParameterValue");
    assertThat(failure(world.reads.page(200, Optional.of("old"), world.inAMinute())).kind())
        .isEqualTo(FailureKind.PAGE_TOKEN_REFUSED);
    assertThat(failure(world.reads.page(200, Optional.empty(), world.inAMinute())).kind())
        .isEqualTo(FailureKind.REFUSED);
  }

  @Test
  void readsSessionsByInterface() {
    world.http.answer("describe-sessions");
    List<Session> sessions =
        got(world.reads.sessions(Set.of(new InterfaceId("eni-0a1")), world.inAMinute()));
    assertThat(sessions)
        .singleElement()
        .satisfies(
            session -> {
              assertThat(session.id()).isEqualTo(new SessionId("tms-0a1"));
              assertThat(session.source().value()).isEqualTo("eni-0a1");
              assertThat(session.target().value()).isEqualTo("tmt-0a1");
              assertThat(session.filter().value()).isEqualTo("tmf-0a1");
              assertThat(session.number()).isEqualTo(100);
              assertThat(session.tags())
                  .isEqualTo(Map.of("traffic-mirror-pipeline:deployment", "prod"));
            });
    assertThat(world.http.requests().getFirst().parameters())
        .containsEntry("Action", "DescribeTrafficMirrorSessions")
        .containsEntry("Filter.1.Name", "network-interface-id")
        .containsEntry("Filter.1.Value.1", "eni-0a1")
        .containsEntry("MaxResults", "1000");
  }

  @Test
  void keepsIncompleteSessions() {
    world.http.answer("describe-sessions-odd");
    List<Session> sessions =
        got(world.reads.sessions(Set.of(new InterfaceId("eni-0a1")), world.inAMinute()));
    assertThat(sessions).extracting(Session::number).containsExactly(0, 7, 8);
    assertThat(sessions).allMatch(session -> session.source().value().equals("eni-0a1"));
    assertThat(sessions).allMatch(session -> session.target().equals(Session.TARGET_NOT_SHOWN));
    assertThat(sessions).allMatch(session -> session.filter().equals(Session.FILTER_NOT_SHOWN));
    assertThat(sessions.getFirst().id()).isEqualTo(new SessionId("tms-0a1"));
  }

  @Test
  void readsTheTargetsOfAllPages() {
    world.http.answer("describe-targets-first-page").answer("describe-targets-last-page");
    assertThat(interfaces(got(world.reads.targets(world.inAMinute()))))
        .containsExactlyInAnyOrder(new InterfaceId("eni-0f1"), new InterfaceId("eni-0f3"));
    assertThat(world.http.requests().getFirst().parameters())
        .containsEntry("Action", "DescribeTrafficMirrorTargets")
        .containsEntry("MaxResults", "1000");
  }

  private static List<InterfaceId> interfaces(List<MirrorTarget> targets) {
    return targets.stream().flatMap(target -> target.networkInterface().stream()).toList();
  }

  @Test
  void returnsOnlyPoolMembersOfThisDeployment() {
    world.http.answer("describe-members-of-two-deployments");
    List<PoolMember> members = got(world.reads.poolMembers(OURS, world.inAMinute()));
    assertThat(members)
        .containsExactly(
            new PoolMember(
                new InstanceId("i-0a9"),
                InstanceState.TERMINATED,
                "c5.large",
                "0a1b",
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(world.http.requests().getFirst().parameters())
        .containsEntry("Filter.1.Name", "tag:traffic-mirror-pipeline:deployment")
        .containsEntry("Filter.1.Value.1", "prod")
        .containsEntry("Filter.2.Name", "tag-key")
        .containsEntry("Filter.2.Value.1", "traffic-mirror-pipeline:pool");
  }

  @Test
  void makesNoCallWithoutTargets() {
    assertThat(got(world.reads.sessionsTo(Set.of(), world.inAMinute()))).isEmpty();
    assertThat(world.http.requests()).isEmpty();
  }

  @Test
  void readsSessionsByTarget() {
    world.http.answer("describe-sessions");
    assertThat(got(world.reads.sessionsTo(Set.of(new TargetId("tmt-0a1")), world.inAMinute())))
        .extracting(session -> session.id().value())
        .containsExactly("tms-0a1");
    assertThat(world.http.requests().getFirst().parameters())
        .containsEntry("Action", "DescribeTrafficMirrorSessions")
        .containsEntry("Filter.1.Name", "traffic-mirror-target-id")
        .containsEntry("Filter.1.Value.1", "tmt-0a1");
  }

  @Test
  void retriesAReadAfterAnErrorOrAReset() {
    world
        .http
        .error(500, "InternalError")
        .reply(new FakeHttp.Reply.Cut())
        .answer("describe-targets-last-page");
    assertThat(interfaces(got(world.reads.targets(world.inAMinute())))).hasSize(1);
    assertThat(world.http.requests()).hasSize(3);
    assertThat(world.metered)
        .containsExactly(
            "Ec2 DescribeTrafficMirrorTargets InternalError",
            "Ec2 DescribeTrafficMirrorTargets no-answer",
            "Ec2 DescribeTrafficMirrorTargets ok");
  }

  @Test
  void mapsATruncatedResponseToUnavailable() {
    for (int i = 0; i < 3; i++) {
      world.http.reply(new FakeHttp.Reply.CutBody(200, "<DescribeInstancesResponse><reserv"));
    }
    Failure failure = failure(world.reads.instances(ONE, world.inAMinute()));
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure.code()).isEqualTo("no-answer");
  }

  @Test
  void mapsAMalformedResponseToUnavailable() {
    for (int i = 0; i < 3; i++) {
      world.http.reply(new FakeHttp.Reply.Answer(200, Map.of(), "<html>Hello"));
    }
    assertThat(failure(world.reads.instances(ONE, world.inAMinute())).kind())
        .isEqualTo(FailureKind.UNAVAILABLE);
  }

  @Test
  void stopsWaitingForAResponseAtTheDeadline() {
    world.http.reply(new FakeHttp.Reply.NoResponse());
    Failure failure =
        failure(world.reads.page(200, Optional.empty(), world.in(Duration.ofMillis(50))));
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure.code()).isEqualTo("time-out");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void makesNoCallAfterTheDeadline() {
    List<Answer<?>> answers =
        List.of(
            world.reads.instances(ONE, world.in(Duration.ZERO)),
            world.reads.page(200, Optional.empty(), world.in(Duration.ofSeconds(-1))),
            world.reads.sessions(Set.of(new InterfaceId("eni-0a1")), world.in(Duration.ZERO)),
            world.reads.targets(world.in(Duration.ofNanos(999_999))));
    assertThat(answers)
        .allSatisfy(
            answer -> assertThat(failure(answer).kind()).isEqualTo(FailureKind.OUT_OF_TIME));
    assertThat(world.http.requests()).isEmpty();
  }
}
