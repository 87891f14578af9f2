package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The quotas that take hundreds of things to reach. Nothing unverified bears on them, so they are
 * tried in one variant only.
 */
interface LargeQuotaClaims extends Claims {

  /** Sources that a target on the largest instance types takes. */
  int SOURCES_OF_A_LARGE_TARGET = 100;

  /** The sessions of an account. */
  int SESSIONS_OF_AN_ACCOUNT = 10_000;

  @Test
  @EmbeddedOnly("it needs 101 source instances and one of the largest as a target")
  @Claim(status = DOCUMENTED, source = Sources.QUOTAS)
  default void aTargetOnOneOfTheLargestInstancesTakesAHundredSources() {
    List<String> sources = QuotaClaims.sources(stage(), SOURCES_OF_A_LARGE_TARGET + 1);
    int number = 0;
    for (String type : List.of("c5.18xlarge", "m8g.48xlarge")) {
      String large =
          stage()
              .target(
                  Launches.primaryInterface(
                      stage().launch(1, launch -> launch.instanceType(type)).getFirst()));

      number++;
      QuotaClaims.holdsExactly(SOURCES_OF_A_LARGE_TARGET, stage(), large, sources, number);
    }
  }

  @Test
  @EmbeddedOnly("it needs a network load balancer and 101 source instances")
  @Claim(status = DOCUMENTED, source = Sources.QUOTAS)
  default void aLoadBalancerTargetTakesSourcesWithoutALimit() {
    String balancer = stage().world().loadBalancerTarget();

    for (String source : QuotaClaims.sources(stage(), SOURCES_OF_A_LARGE_TARGET + 1)) {
      assertThat(
              stage()
                  .session(source, 1, to -> to.trafficMirrorTargetId(balancer))
                  .trafficMirrorTargetId())
          .isEqualTo(balancer);
    }
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
}
