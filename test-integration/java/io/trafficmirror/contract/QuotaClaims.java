package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static io.trafficmirror.contract.Claim.Status.OBSERVED;
import static io.trafficmirror.contract.Claim.Status.UNVERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;

/** The quotas of Traffic Mirroring, none of which AWS raises. */
interface QuotaClaims extends Claims {

  /** Sources that a target on most instance types takes. */
  int SOURCES_OF_A_SMALL_TARGET = 10;

  /** Sources that a target on the largest instance types takes. */
  int SOURCES_OF_A_LARGE_TARGET = 100;

  /** The sessions of an account. */
  int SESSIONS_OF_AN_ACCOUNT = 10_000;

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

    holdsExactly(SOURCES_OF_A_SMALL_TARGET, pool().target(), sources);
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
  @EmbeddedOnly("it needs 101 source instances and one of the largest as a target")
  @Claim(status = DOCUMENTED, source = Sources.QUOTAS)
  default void aTargetOnOneOfTheLargestInstancesTakesAHundredSources() {
    for (String type : List.of("c5.18xlarge", "m8g.48xlarge")) {
      String large =
          stage()
              .target(
                  Launches.primaryInterface(
                      stage().launch(1, launch -> launch.instanceType(type)).getFirst()));

      holdsExactly(SOURCES_OF_A_LARGE_TARGET, large, sources(SOURCES_OF_A_LARGE_TARGET + 1));
    }
  }

  @Test
  @EmbeddedOnly("it needs a network load balancer and 101 source instances")
  @Claim(status = DOCUMENTED, source = Sources.QUOTAS)
  default void aLoadBalancerTargetTakesSourcesWithoutALimit() {
    String balancer = stage().world().loadBalancerTarget();

    for (String source : sources(SOURCES_OF_A_LARGE_TARGET + 1)) {
      assertThat(
              stage()
                  .session(source, 1, to -> to.trafficMirrorTargetId(balancer))
                  .trafficMirrorTargetId())
          .isEqualTo(balancer);
    }
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
  @EmbeddedOnly("it needs 10,000 sessions")
  @Claim(status = DOCUMENTED, source = Sources.QUOTAS)
  default void anAccountHasTenThousandSessionsAndNoMore() {
    stage()
        .world()
        .addSessions(
            SESSIONS_OF_AN_ACCOUNT - 1, stage().world().loadBalancerTarget(), pool().filter());
    stage().session(pool().source(0), 1);

    Refusal refusal = Refusal.of(() -> stage().session(pool().source(1), 1));

    assertThat(refusal.code()).isEqualTo("TrafficMirrorSessionLimitExceeded");
    assertThat(refusal.status()).isEqualTo(400);
  }

  /** All sources but the last fit; the last is refused with the documented code. */
  private void holdsExactly(int limit, String target, List<String> sources) {
    sources
        .subList(0, limit)
        .forEach(source -> stage().session(source, 1, to -> to.trafficMirrorTargetId(target)));

    Refusal refusal =
        Refusal.of(
            () -> stage().session(sources.get(limit), 1, to -> to.trafficMirrorTargetId(target)));

    assertThat(refusal.code()).isEqualTo("TrafficMirrorSourcesPerTargetLimitExceeded");
    assertThat(refusal.status()).isEqualTo(400);
  }

  private List<String> sources(int count) {
    List<Instance> instances = stage().launch(count, launch -> launch);
    return instances.stream().map(Launches::primaryInterface).toList();
  }
}
