package io.trafficmirror.aws;

import static io.trafficmirror.aws.World.failure;
import static io.trafficmirror.aws.World.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.Action.CreateSession;
import io.trafficmirror.mirror.Action.ModifySession;
import io.trafficmirror.mirror.FilterId;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.SessionId;
import io.trafficmirror.mirror.Source;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.mirror.TargetRef;
import io.trafficmirror.mirror.Trigger;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SdkEc2WritesTest {
  private static final InstanceId INSTANCE = new InstanceId("i-0a1");
  private static final InterfaceId ENI = new InterfaceId("eni-0a1");
  private static final Source SOURCE =
      new Source(new Scope("111122223333", "us-east-1"), INSTANCE, ENI);
  private static final SessionId SESSION = new SessionId("tms-0a1");
  private static final TargetId TARGET = new TargetId("tmt-0a1");
  private static final FilterId FILTER = new FilterId("tmf-0a1");
  private static final CreateSession CREATE =
      new CreateSession(SOURCE, "tags[0]", new TargetRef.Existing(TARGET), FILTER, 100);
  private static final ModifySession MODIFY =
      new ModifySession(SOURCE, "tags[0]", SESSION, new TargetRef.Existing(TARGET), FILTER);
  private static final Map<String, String> TAGS =
      new Ownership("prod").sessionTags("tags[0]", INSTANCE, Trigger.LAUNCH);

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void createsASessionWithItsTagsInOneCall() {
    world.http.answer("create-session");
    Session session = got(world.writes.createSession(CREATE, TAGS, "token", world.inAMinute()));
    assertThat(session).isEqualTo(new Session(SESSION, ENI, TARGET, FILTER, 100, TAGS));
    Map<String, String> parameters = world.http.requests().getFirst().parameters();
    assertThat(parameters)
        .containsEntry("Action", "CreateTrafficMirrorSession")
        .containsEntry("NetworkInterfaceId", "eni-0a1")
        .containsEntry("TrafficMirrorTargetId", "tmt-0a1")
        .containsEntry("TrafficMirrorFilterId", "tmf-0a1")
        .containsEntry("SessionNumber", "100")
        .containsEntry("ClientToken", "token")
        .containsEntry("Description", "Mirrors i-0a1 as entry tags[0] of deployment prod asks.")
        .containsEntry("TagSpecification.1.ResourceType", "traffic-mirror-session")
        .containsEntry("TagSpecification.1.Tag.1.Key", "Name")
        .containsEntry("TagSpecification.1.Tag.1.Value", "prod-i-0a1")
        .containsEntry("TagSpecification.1.Tag.2.Key", "traffic-mirror-pipeline:deployment")
        .containsEntry("TagSpecification.1.Tag.5.Key", "traffic-mirror-pipeline:trigger");
  }

  @Test
  void repeatsACreateWithTheSameRequest() {
    world.http.answer("create-session").answer("create-session");
    got(world.writes.createSession(CREATE, TAGS, "token", world.inAMinute()));
    got(world.writes.createSession(CREATE, TAGS, "token", world.inAMinute()));
    assertThat(world.http.requests().getFirst().body())
        .isEqualTo(world.http.requests().getLast().body());
  }

  @Test
  void returnsTheRequestedSessionIfTheResponseHasNone() {
    world.http.answer("create-session-nothing").answer("modify-session-nothing");
    Session made = got(world.writes.createSession(CREATE, TAGS, "token", world.inAMinute()));
    assertThat(made.target()).isEqualTo(TARGET);
    assertThat(made.number()).isEqualTo(100);
    Session changed = got(world.writes.modifySession(MODIFY, world.inAMinute()));
    assertThat(changed).isEqualTo(new Session(MODIFY.session(), ENI, TARGET, FILTER, 0, Map.of()));
  }

  @Test
  void modifiesASession() {
    world.http.answer("modify-session");
    Session session = got(world.writes.modifySession(MODIFY, world.inAMinute()));
    assertThat(session.number()).isEqualTo(100);
    assertThat(session.tags()).containsEntry("traffic-mirror-pipeline:deployment", "prod");
    assertThat(world.http.requests().getFirst().parameters())
        .containsEntry("Action", "ModifyTrafficMirrorSession")
        .containsEntry("TrafficMirrorSessionId", "tms-0a1")
        .containsEntry("TrafficMirrorTargetId", "tmt-0a1")
        .containsEntry("TrafficMirrorFilterId", "tmf-0a1")
        .doesNotContainKeys("SessionNumber", "Description", "RemoveField.1");
  }

  @ParameterizedTest
  @CsvSource({
    "503, RequestLimitExceeded, THROTTLED",
    "500, InternalError, UNAVAILABLE",
    "400, TrafficMirrorSourcesPerTargetLimitExceeded, TARGET_FULL",
    "400, InvalidTrafficMirrorTargetNoFound, TARGET_NOT_FOUND",
    "400, InvalidParameterValue, REFUSED",
    "400, InterfaceInUseByTrafficMirrorSession, REFUSED",
    "400, IdempotentParameterMismatch, TOKEN_MISMATCH",
    "403, UnauthorizedOperation, DENIED"
  })
  void makesOneAttemptPerWriteAndReturnsItsError(int status, String code, FailureKind kind) {
    world.http.error(status, code);
    Failure failure = failure(world.writes.createSession(CREATE, TAGS, "token", world.inAMinute()));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.message())
        .isEqualTo(
            "CreateTrafficMirrorSession on eni-0a1 of i-0a1 to tmt-0a1 with tmf-0a1 as number"
                + " 100: AWS returned %s: what EC2 says about it (HTTP %d, request id"
                    .formatted(code, status)
                + " ea966190-f9aa-478e-9ede-example)");
    assertThat(world.http.requests()).hasSize(1);
    assertThat(world.metered).containsExactly("Ec2 CreateTrafficMirrorSession " + code);
  }

  @Test
  void makesOneAttemptIfTheResponseIsLost() {
    world.http.reply(new FakeHttp.Reply.Cut());
    Failure failure = failure(world.writes.modifySession(MODIFY, world.inAMinute()));
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure.message())
        .startsWith(
            "ModifyTrafficMirrorSession of tms-0a1 on eni-0a1 of i-0a1 to tmt-0a1 with tmf-0a1:"
                + " no response: ");
    assertThat(world.http.requests()).hasSize(1);
    assertThat(world.metered).containsExactly("Ec2 ModifyTrafficMirrorSession no-answer");
  }

  @Test
  void mapsAnErrorWithoutACodeByItsStatus() {
    world.http.reply(new FakeHttp.Reply.Answer(502, Map.of(), "<html>Bad gateway</html>"));
    Failure failure = failure(world.writes.createSession(CREATE, TAGS, "token", world.inAMinute()));
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure.code()).isEqualTo("http-502");
    assertThat(world.metered).containsExactly("Ec2 CreateTrafficMirrorSession http-502");
  }

  @Test
  void mapsAnErrorWithATruncatedBodyToUnavailable() {
    world.http.reply(new FakeHttp.Reply.CutBody(503, "<Response><Errors><Err"));
    assertThat(failure(world.writes.modifySession(MODIFY, world.inAMinute())).kind())
        .isEqualTo(FailureKind.UNAVAILABLE);
  }

  @Test
  void deletesASessionById() {
    world.http.answer("delete-session");
    assertThat(got(world.writes.deleteSession(SESSION, world.inAMinute()))).isEqualTo(SESSION);
    assertThat(world.http.requests().getFirst().parameters())
        .containsEntry("Action", "DeleteTrafficMirrorSession")
        .containsEntry("TrafficMirrorSessionId", "tms-0a1");
    assertThat(world.metered).containsExactly("Ec2 DeleteTrafficMirrorSession ok");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"InvalidTrafficMirrorSessionNotFound", "InvalidTrafficMirrorSessionId.NotFound"})
  void treatsAMissingSessionAsDeleted(String code) {
    world.http.error(400, code);
    assertThat(got(world.writes.deleteSession(SESSION, world.inAMinute()))).isEqualTo(SESSION);
    assertThat(world.http.requests()).hasSize(1);
  }

  @Test
  void addsTagsSortedByKey() {
    world.http.answer("create-tags");
    Map<String, String> tags = Map.of("b", "2", "a", "1", "c", "");
    assertThat(got(world.writes.tag("tms-0a1", tags, world.inAMinute()))).isEqualTo("tms-0a1");
    assertThat(world.http.requests().getFirst().parameters())
        .containsEntry("Action", "CreateTags")
        .containsEntry("ResourceId.1", "tms-0a1")
        .containsEntry("Tag.1.Key", "a")
        .containsEntry("Tag.1.Value", "1")
        .containsEntry("Tag.2.Key", "b")
        .containsEntry("Tag.2.Value", "2")
        .containsEntry("Tag.3.Key", "c")
        .containsEntry("Tag.3.Value", "")
        .doesNotContainKeys("ResourceId.2", "Tag.4.Key");
    assertThat(world.metered).containsExactly("Ec2 CreateTags ok");
  }

  @Test
  void removesTagsByKeyOnly() {
    world.http.answer("delete-tags");
    assertThat(got(world.writes.untag("tmt-0a1", Set.of("b", "a"), world.inAMinute())))
        .isEqualTo("tmt-0a1");
    assertThat(world.http.requests().getFirst().parameters())
        .containsEntry("Action", "DeleteTags")
        .containsEntry("ResourceId.1", "tmt-0a1")
        .containsEntry("Tag.1.Key", "a")
        .containsEntry("Tag.2.Key", "b")
        .doesNotContainKeys("Tag.1.Value", "Tag.2.Value", "Tag.3.Key");
  }

  static Stream<Arguments> callsAndErrors() {
    return Stream.of(
            "DeleteTrafficMirrorSession of tms-0a1",
            "CreateTags on tms-0a1 of a, b",
            "DeleteTags on tms-0a1 of [a, b]")
        .flatMap(
            call ->
                Stream.of(
                    Arguments.of(call, 503, "RequestLimitExceeded", FailureKind.THROTTLED),
                    Arguments.of(call, 500, "InternalError", FailureKind.UNAVAILABLE),
                    Arguments.of(call, 403, "UnauthorizedOperation", FailureKind.DENIED),
                    Arguments.of(call, 400, "AnythingNew", FailureKind.REFUSED)));
  }

  @ParameterizedTest
  @MethodSource("callsAndErrors")
  void makesOneAttemptPerDeletionOrTagChange(
      String call, int status, String code, FailureKind kind) {
    world.http.error(status, code);
    Answer<?> answer =
        switch (call.substring(0, call.indexOf(' '))) {
          case "DeleteTrafficMirrorSession" ->
              world.writes.deleteSession(SESSION, world.inAMinute());
          case "CreateTags" ->
              world.writes.tag("tms-0a1", Map.of("b", "2", "a", "1"), world.inAMinute());
          default -> world.writes.untag("tms-0a1", Set.of("b", "a"), world.inAMinute());
        };
    Failure failure = failure(answer);
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.message()).startsWith(call + ": AWS returned " + code);
    assertThat(world.http.requests()).hasSize(1);
  }

  @Test
  void writesNothingAfterTheDeadline() {
    assertThat(
            failure(world.writes.createSession(CREATE, TAGS, "t", world.in(Duration.ZERO))).kind())
        .isEqualTo(FailureKind.OUT_OF_TIME);
    assertThat(failure(world.writes.modifySession(MODIFY, world.in(Duration.ofSeconds(-1)))).kind())
        .isEqualTo(FailureKind.OUT_OF_TIME);
    assertThat(failure(world.writes.deleteSession(SESSION, world.in(Duration.ZERO))).kind())
        .isEqualTo(FailureKind.OUT_OF_TIME);
    assertThat(failure(world.writes.tag("tms-0a1", TAGS, world.in(Duration.ZERO))).kind())
        .isEqualTo(FailureKind.OUT_OF_TIME);
    assertThat(failure(world.writes.untag("tms-0a1", Set.of("a"), world.in(Duration.ZERO))).kind())
        .isEqualTo(FailureKind.OUT_OF_TIME);
    assertThat(world.http.requests()).isEmpty();
  }
}
