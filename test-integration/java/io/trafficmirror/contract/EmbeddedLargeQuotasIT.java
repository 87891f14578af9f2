package io.trafficmirror.contract;

import io.trafficmirror.embedded.Unverified;
import org.junit.jupiter.api.AfterEach;

/** Holds embedded AWS to the quotas that take hundreds of things to reach. */
class EmbeddedLargeQuotasIT implements LargeQuotaClaims {

  private final EmbeddedWorld world = EmbeddedWorld.of(Unverified.defaults());
  private final Stage stage = new Stage(world, new Pool(world));

  @Override
  public Stage stage() {
    return stage;
  }

  @AfterEach
  void strike() {
    try (world) {
      world.strike(stage);
    }
  }
}
