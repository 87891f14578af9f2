package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static io.trafficmirror.contract.Claim.Status.OBSERVED;
import static io.trafficmirror.contract.Claim.Status.UNVERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;

/** Claims about the small quotas of Traffic Mirroring, which AWS does not raise. */
interface QuotaClaims extends Claims {

  /** The maximum number of sources of a target on most instance types. */
  int MAX_SOURCES_OF_SMALL_TARGET = 10;

  @Test
  @Claim(status = DOCUMENTED, source = Sources.QUOTAS)
  default void interfaceIsLimitedToThreeSessions() {
    String source = shared().source(0);
    for (int number = 1; number <= 3; number++) {
      fixture().session(source, number);
    }

    Ec2Error error = Ec2Error.of(() -> fixture().session(source, 4));

    assertThat(error.code()).isEqualTo("TrafficMirrorSessionsPerInterfaceLimitExceeded");
    assertThat(error.status()).isEqualTo(400);
    assertThat(fixture().session(shared().source(1), 4).sessionNumber()).isEqualTo(4);
  }

  @Test
  @EmbeddedOnly("it needs eleven source instances")
  @Claim(status = DOCUMENTED, source = Sources.QUOTAS)
  default void targetOnASmallInstanceIsLimitedToTenSources() {
    List<String> sources = sources(MAX_SOURCES_OF_SMALL_TARGET + 1);

    acceptsExactly(MAX_SOURCES_OF_SMALL_TARGET, fixture(), shared().target(), sources, 1);
  }

  @Test
  @EmbeddedOnly("it needs eleven source instances")
  @Claim(status = OBSERVED, source = "public code that matches \"Sources per interface-target\"")
  default void limitErrorMentionsTheEleventhSource() {
    List<String> sources = sources(MAX_SOURCES_OF_SMALL_TARGET + 1);
    sources.subList(0, MAX_SOURCES_OF_SMALL_TARGET).forEach(source -> fixture().session(source, 1));

    assertThat(Ec2Error.of(() -> fixture().session(sources.getLast(), 1)).message())
        .contains("Sources per interface-target limit reached (11)");
  }

  @Test
  @EmbeddedOnly("it needs eleven source instances")
  @Claim(status = DOCUMENTED, source = Sources.QUOTAS)
  default void deletingASessionMakesRoomOnItsTarget() {
    List<String> sources = sources(MAX_SOURCES_OF_SMALL_TARGET + 1);
    List<TrafficMirrorSession> held =
        sources.subList(0, MAX_SOURCES_OF_SMALL_TARGET).stream()
            .map(source -> fixture().session(source, 1))
            .toList();
    String first = held.getFirst().trafficMirrorSessionId();
    ec2().deleteTrafficMirrorSession(delete -> delete.trafficMirrorSessionId(first));

    assertThat(fixture().session(sources.getLast(), 1).trafficMirrorTargetId())
        .isEqualTo(shared().target());
  }

  @Test
  @EmbeddedOnly("it needs eleven source instances")
  @Claim(status = DOCUMENTED, source = Sources.QUOTAS)
  default void rejectsModifyingASessionToAFullTarget() {
    List<String> sources = sources(MAX_SOURCES_OF_SMALL_TARGET + 1);
    sources.subList(0, MAX_SOURCES_OF_SMALL_TARGET).forEach(source -> fixture().session(source, 1));
    String other = fixture().target(shared().source(0));
    String elsewhere =
        fixture()
            .session(sources.getLast(), 1, to -> to.trafficMirrorTargetId(other))
            .trafficMirrorSessionId();

    Ec2Error error =
        Ec2Error.of(
            () ->
                ec2()
                    .modifyTrafficMirrorSession(
                        modify ->
                            modify
                                .trafficMirrorSessionId(elsewhere)
                                .trafficMirrorTargetId(shared().target())));

    assertThat(error.code()).isEqualTo("TrafficMirrorSourcesPerTargetLimitExceeded");
  }

  @Test
  @EmbeddedOnly("it needs ten source instances")
  @Claim(status = UNVERIFIED, source = Sources.UNDOCUMENTED)
  default void twoSessionsOfOneSourceOnOneTarget() {
    List<String> sources = sources(MAX_SOURCES_OF_SMALL_TARGET);
    fixture().session(sources.getFirst(), 1);
    fixture().session(sources.getFirst(), 2);
    sources
        .subList(1, MAX_SOURCES_OF_SMALL_TARGET - 1)
        .forEach(source -> fixture().session(source, 1));

    report(
        Question.TWO_SESSIONS_OF_ONE_SOURCE,
        Ec2Error.answer(
            () -> {
              fixture().session(sources.getLast(), 1);
              return Question.Behaviour.COUNTED_ONCE;
            }));
  }

  @Test
  @EmbeddedOnly("it needs eleven source instances")
  @Claim(status = UNVERIFIED, source = Sources.UNDOCUMENTED)
  default void duplicateSessionNumberToAFullTarget() {
    List<String> sources = sources(MAX_SOURCES_OF_SMALL_TARGET + 1);
    sources.subList(0, MAX_SOURCES_OF_SMALL_TARGET).forEach(source -> fixture().session(source, 1));
    String other = fixture().target(shared().source(0));
    fixture().session(sources.getLast(), 1, to -> to.trafficMirrorTargetId(other));

    report(
        Question.DUPLICATE_NUMBER_TO_FULL_TARGET,
        Ec2Error.answer(
            () -> {
              fixture().session(sources.getLast(), 1);
              return Question.Behaviour.ACCEPTED;
            }));
  }

  private List<String> sources(int count) {
    return sources(fixture(), count);
  }

  /** Launches instances for the claim and returns their primary interfaces. */
  static List<String> sources(Fixture fixture, int count) {
    return fixture.launch(count, launch -> launch).stream()
        .map(Launches::primaryInterface)
        .toList();
  }

  /**
   * Asserts that the target accepts all sources except the last, which is rejected with the
   * documented code.
   */
  static void acceptsExactly(
      int limit, Fixture fixture, String target, List<String> sources, int number) {
    sources
        .subList(0, limit)
        .forEach(source -> fixture.session(source, number, to -> to.trafficMirrorTargetId(target)));

    Ec2Error error =
        Ec2Error.of(
            () ->
                fixture.session(
                    sources.get(limit), number, to -> to.trafficMirrorTargetId(target)));

    assertThat(error.code()).isEqualTo("TrafficMirrorSourcesPerTargetLimitExceeded");
    assertThat(error.status()).isEqualTo(400);
  }
}
