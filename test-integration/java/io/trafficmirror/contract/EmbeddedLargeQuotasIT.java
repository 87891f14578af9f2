package io.trafficmirror.contract;

import io.trafficmirror.embedded.Unverified;
import org.junit.jupiter.api.AfterEach;

/** Checks embedded AWS against the quotas that only hundreds of resources reach. */
class EmbeddedLargeQuotasIT implements LargeQuotaClaims {

  private final EmbeddedWorld world = EmbeddedWorld.of(Unverified.defaults());
  private final Fixture fixture = new Fixture(world, new SharedResources(world));

  @Override
  public Fixture fixture() {
    return fixture;
  }

  @AfterEach
  void tearDown() {
    try (world) {
      world.tearDown(fixture);
    }
  }
}
