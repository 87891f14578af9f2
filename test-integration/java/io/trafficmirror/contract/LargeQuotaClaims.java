package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Claims about quotas that only hundreds of resources reach. No unverified behaviour affects them,
 * so one variant is enough.
 */
interface LargeQuotaClaims extends Claims {

  /** The maximum number of sources of a target on the largest instance types. */
  int MAX_SOURCES_OF_LARGE_TARGET = 100;

  /** The maximum number of sessions of an account. */
  int MAX_SESSIONS_PER_ACCOUNT = 10_000;

  @Test
  @EmbeddedOnly("it needs 101 source instances and one of the largest as a target")
  @Claim(status = DOCUMENTED, source = Sources.QUOTAS)
  default void targetOnALargeInstanceAcceptsOneHundredSources() {
    List<String> sources = QuotaClaims.sources(fixture(), MAX_SOURCES_OF_LARGE_TARGET + 1);
    int number = 0;
    for (String type : List.of("c5.18xlarge", "m8g.48xlarge")) {
      String large =
          fixture()
              .target(
                  Launches.primaryInterface(
                      fixture().launch(1, launch -> launch.instanceType(type)).getFirst()));

      number++;
      QuotaClaims.acceptsExactly(MAX_SOURCES_OF_LARGE_TARGET, fixture(), large, sources, number);
    }
  }

  @Test
  @EmbeddedOnly("it needs a network load balancer and 101 source instances")
  @Claim(status = DOCUMENTED, source = Sources.QUOTAS)
  default void loadBalancerTargetAcceptsSourcesWithoutALimit() {
    String balancer = fixture().world().loadBalancerTarget();

    for (String source : QuotaClaims.sources(fixture(), MAX_SOURCES_OF_LARGE_TARGET + 1)) {
      assertThat(
              fixture()
                  .session(source, 1, to -> to.trafficMirrorTargetId(balancer))
                  .trafficMirrorTargetId())
          .isEqualTo(balancer);
    }
  }

  @Test
  @EmbeddedOnly("it needs 10,000 sessions")
  @Claim(status = DOCUMENTED, source = Sources.QUOTAS)
  default void accountIsLimitedToTenThousandSessions() {
    fixture()
        .world()
        .addSessions(
            MAX_SESSIONS_PER_ACCOUNT - 1,
            fixture().world().loadBalancerTarget(),
            shared().filter());
    fixture().session(shared().source(0), 1);

    Ec2Error error = Ec2Error.of(() -> fixture().session(shared().source(1), 1));

    assertThat(error.code()).isEqualTo("TrafficMirrorSessionLimitExceeded");
    assertThat(error.status()).isEqualTo(400);
  }
}
