package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static io.trafficmirror.contract.Claim.Status.OBSERVED;
import static io.trafficmirror.contract.Claim.Status.UNVERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;

/** The small quotas of Traffic Mirroring, none of which AWS raises. */
interface QuotaClaims extends Claims {

  /** Sources that a target on most instance types takes. */
  int SOURCES_OF_A_SMALL_TARGET = 10;

  @Test
  @Claim(status = DOCUMENTED, source = Sources.QUOTAS)
  default void anInterfaceHasThreeSessionsAndNoFourth() {
    String source = pool().source(0);
    for (int number = 1; number <= 3; number++) {
      stage().session(source, number);
    }

    Refusal refusal = Refusal.of(() -> stage().session(source, 4));

    assertThat(refusal.code()).isEqualTo("TrafficMirrorSessionsPerInterfaceLimitExceeded");
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(stage().session(pool().source(1), 4).sessionNumber()).isEqualTo(4);
  }

  @Test
  @EmbeddedOnly("it needs eleven source instances")
  @Claim(status = DOCUMENTED, source = Sources.QUOTAS)
  default void aTargetOnASmallInstanceTakesTenSourcesAndNoEleventh() {
    List<String> sources = sources(SOURCES_OF_A_SMALL_TARGET + 1);

    holdsExactly(SOURCES_OF_A_SMALL_TARGET, stage(), pool().target(), sources, 1);
  }

  @Test
  @EmbeddedOnly("it needs eleven source instances")
  @Claim(status = OBSERVED, source = "public code that matches \"Sources per interface-target\"")
  default void theRefusalOfTheEleventhSourceCountsIt() {
    List<String> sources = sources(SOURCES_OF_A_SMALL_TARGET + 1);
    sources.subList(0, SOURCES_OF_A_SMALL_TARGET).forEach(source -> stage().session(source, 1));

    assertThat(Refusal.of(() -> stage().session(sources.getLast(), 1)).message())
        .contains("Sources per interface-target limit reached (11)");
  }

  @Test
  @EmbeddedOnly("it needs eleven source instances")
  @Claim(status = DOCUMENTED, source = Sources.QUOTAS)
  default void aDeletedSessionFreesItsPlaceOnTheTarget() {
    List<String> sources = sources(SOURCES_OF_A_SMALL_TARGET + 1);
    List<TrafficMirrorSession> held =
        sources.subList(0, SOURCES_OF_A_SMALL_TARGET).stream()
            .map(source -> stage().session(source, 1))
            .toList();
    String first = held.getFirst().trafficMirrorSessionId();
    ec2().deleteTrafficMirrorSession(gone -> gone.trafficMirrorSessionId(first));

    assertThat(stage().session(sources.getLast(), 1).trafficMirrorTargetId())
        .isEqualTo(pool().target());
  }

  @Test
  @EmbeddedOnly("it needs eleven source instances")
  @Claim(status = DOCUMENTED, source = Sources.QUOTAS)
  default void aSessionCannotBeMovedToAFullTarget() {
    List<String> sources = sources(SOURCES_OF_A_SMALL_TARGET + 1);
    sources.subList(0, SOURCES_OF_A_SMALL_TARGET).forEach(source -> stage().session(source, 1));
    String other = stage().target(pool().source(0));
    String elsewhere =
        stage()
            .session(sources.getLast(), 1, to -> to.trafficMirrorTargetId(other))
            .trafficMirrorSessionId();

    Refusal refusal =
        Refusal.of(
            () ->
                ec2()
                    .modifyTrafficMirrorSession(
                        modify ->
                            modify
                                .trafficMirrorSessionId(elsewhere)
                                .trafficMirrorTargetId(pool().target())));

    assertThat(refusal.code()).isEqualTo("TrafficMirrorSourcesPerTargetLimitExceeded");
  }

  @Test
  @EmbeddedOnly("it needs ten source instances")
  @Claim(status = UNVERIFIED, source = Sources.NOWHERE)
  default void twoSessionsOfOneSourceTakeOnePlaceOnATarget() {
    List<String> sources = sources(SOURCES_OF_A_SMALL_TARGET);
    stage().session(sources.getFirst(), 1);
    stage().session(sources.getFirst(), 2);
    sources.subList(1, SOURCES_OF_A_SMALL_TARGET - 1).forEach(source -> stage().session(source, 1));

    judge(
        Question.TWO_SESSIONS_OF_ONE_SOURCE,
        Refusal.answer(
            () -> {
              stage().session(sources.getLast(), 1);
              return Question.Words.ONE_PLACE;
            }));
  }

  @Test
  @EmbeddedOnly("it needs eleven source instances")
  @Claim(status = UNVERIFIED, source = Sources.NOWHERE)
  default void aTakenSessionNumberInASessionToAFullTarget() {
    List<String> sources = sources(SOURCES_OF_A_SMALL_TARGET + 1);
    sources.subList(0, SOURCES_OF_A_SMALL_TARGET).forEach(source -> stage().session(source, 1));
    String other = stage().target(pool().source(0));
    stage().session(sources.getLast(), 1, to -> to.trafficMirrorTargetId(other));

    judge(
        Question.TAKEN_NUMBER_TO_A_FULL_TARGET,
        Refusal.answer(
            () -> {
              stage().session(sources.getLast(), 1);
              return Question.Words.ACCEPTED;
            }));
  }

  private List<String> sources(int count) {
    return sources(stage(), count);
  }

  /** The primary interfaces of so many instances of the claim's own. */
  static List<String> sources(Stage stage, int count) {
    return stage.launch(count, launch -> launch).stream().map(Launches::primaryInterface).toList();
  }

  /** All sources but the last fit on the target; the last is refused with the documented code. */
  static void holdsExactly(
      int limit, Stage stage, String target, List<String> sources, int number) {
    sources
        .subList(0, limit)
        .forEach(source -> stage.session(source, number, to -> to.trafficMirrorTargetId(target)));

    Refusal refusal =
        Refusal.of(
            () ->
                stage.session(sources.get(limit), number, to -> to.trafficMirrorTargetId(target)));

    assertThat(refusal.code()).isEqualTo("TrafficMirrorSourcesPerTargetLimitExceeded");
    assertThat(refusal.status()).isEqualTo(400);
  }
}
