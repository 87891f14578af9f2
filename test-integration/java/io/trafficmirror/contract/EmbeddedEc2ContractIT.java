package io.trafficmirror.contract;

import io.trafficmirror.embedded.Unverified;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks every claim against embedded AWS, once for each variant of the unverified behaviour.
 * Documented behaviour must be the same in all variants.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("variants")
@Order(7)
class EmbeddedEc2ContractIT implements Ec2Contract {

  private final EmbeddedWorld world;
  private final Fixture fixture;

  EmbeddedEc2ContractIT(Unverified variant) {
    this.world = EmbeddedWorld.of(variant);
    this.fixture = new Fixture(world, new SharedResources(world));
  }

  static List<Unverified> variants() {
    return Unverified.variants();
  }

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
