package io.trafficmirror.contract;

import io.trafficmirror.embedded.Unverified;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds embedded AWS to every claim, once for each way in which an unverified behaviour may turn
 * out: what is documented must hold in all of them.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("variants")
@Order(7)
class EmbeddedEc2ContractIT implements Ec2Contract {

  private final EmbeddedWorld world;
  private final Stage stage;

  EmbeddedEc2ContractIT(Unverified variant) {
    this.world = EmbeddedWorld.of(variant);
    this.stage = new Stage(world, new Pool(world));
  }

  static List<Unverified> variants() {
    return Unverified.variants();
  }

  @Override
  public Stage stage() {
    return stage;
  }

  /** A claim takes down its sessions, and meets nothing that embedded AWS lacks. */
  @AfterEach
  void strike() {
    try (world) {
      world.strike(stage);
    }
  }
}
