package io.trafficmirror.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class FleetGeneratorTest {
  private static final Path FRESH = Path.of("target", "demo", "fleet-1000.json");

  @Test
  void generatesTheShippedFleetFromSeedOne() throws IOException {
    String fresh = FleetGenerator.generate(1000, 1);
    Files.createDirectories(FRESH.getParent());
    Files.writeString(FRESH, fresh);

    byte[] shipped = DemoFiles.bytes(DemoFiles.FLEET);

    assertThat(new String(shipped, StandardCharsets.UTF_8).equals(fresh))
        .as("the shipped fleet; the current output of the generator is in %s", FRESH)
        .isTrue();
    assertThat(shipped).hasSizeLessThan(1_500_000);
  }

  @Test
  void shippedFleetHas1000InstancesInThreeVpcsAndNineSubnets() throws DemoError {
    List<Machine> machines = shipped();

    assertThat(machines).hasSize(1000);
    assertThat(machines.stream().flatMap(m -> m.vpc().stream()).distinct()).hasSize(3);
    assertThat(machines.stream().flatMap(m -> m.subnet().stream()).distinct()).hasSize(9);
  }

  @Test
  void shippedFleetCoversAllReasonsAndEntries() throws DemoError {
    WantedPolicy policy = WantedPolicy.parse(DemoFiles.text(DemoFiles.POLICY));
    List<Machine> machines = shipped();
    Set<String> targetInterfaces =
        machines.stream()
            .filter(machine -> machine.sensorTarget().isPresent())
            .flatMap(machine -> machine.primary().stream())
            .map(Machine.Nic::id)
            .collect(Collectors.toSet());

    Expectation expectation = Expectation.of(machines, policy, targetInterfaces);

    assertThat(expectation.byReason().keySet())
        .containsExactlyInAnyOrder(
            "not-running", "no-entry-matches", "is-a-mirror-target", "unsupported-source");
    assertThat(expectation.unmatched()).isEmpty();
    assertThat(policy.entries())
        .allSatisfy(
            entry -> {
              int count = expectation.byEntry().getOrDefault(entry.name(), 0);
              assertThat(count).as(entry.name()).isPositive();
            });
  }

  @Test
  void shippedFleetCoversAllInstanceStates() throws DemoError {
    assertThat(shipped().stream().map(Machine::state).distinct())
        .containsExactlyInAnyOrder(
            "pending", "running", "stopping", "stopped", "shutting-down", "terminated");
  }

  @Test
  void terminatedInstancesHaveNoSubnetAndNoInterface() throws DemoError {
    assertThat(shipped())
        .filteredOn(machine -> machine.state().equals("terminated"))
        .isNotEmpty()
        .allSatisfy(
            machine -> {
              assertThat(machine.subnet()).isEmpty();
              assertThat(machine.vpc()).isEmpty();
              assertThat(machine.interfaces()).isEmpty();
            });
  }

  @Test
  void primaryInterfaceIsOftenNotListedFirst() throws DemoError {
    assertThat(shipped())
        .filteredOn(machine -> !machine.interfaces().isEmpty())
        .filteredOn(
            machine -> !Optional.of(machine.interfaces().getFirst()).equals(machine.primary()))
        .hasSizeGreaterThan(50);
  }

  @Test
  void primaryInterfaceIsOnNetworkCardZero() throws DemoError {
    assertThat(shipped())
        .filteredOn(
            machine ->
                machine.interfaces().stream().filter(nic -> nic.deviceIndex() == 0).count() > 1)
        .isNotEmpty()
        .allSatisfy(machine -> assertThat(machine.primary().orElseThrow().card()).isZero());
  }

  @Test
  void interfacesAreInTheAvailabilityZoneOfTheirInstance() throws DemoError {
    for (Machine machine : shipped()) {
      assertThat(
              machine.interfaces().stream()
                  .map(nic -> zone(nic.subnet()))
                  .distinct()
                  .collect(Collectors.toList()))
          .as(machine.id())
          .hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void neverExceedsTheCapacityOfTheSensorTarget() throws DemoError {
    WantedPolicy policy = WantedPolicy.parse(DemoFiles.text(DemoFiles.POLICY));
    for (long seed = 1; seed <= 5; seed++) {
      String json = FleetGenerator.generate(5000, seed);
      List<Machine> machines = Inventory.parse("fleet", json).machines();

      int sources = Expectation.of(machines, policy, Set.of()).byEntry().getOrDefault("tags[1]", 0);

      assertThat(sources).as("seed %d", seed).isBetween(20, 75);
    }
  }

  @Test
  void generatesADifferentFleetOfTheSameSizeFromAnotherSeed() throws DemoError {
    String one = FleetGenerator.generate(50, 1);
    String two = FleetGenerator.generate(50, 2);

    assertThat(two).isNotEqualTo(one).isEqualTo(FleetGenerator.generate(50, 2));
    assertThat(Inventory.parse("fleet", two).machines()).hasSize(50);
  }

  @Test
  void generatesAFleetOfOneInstance() throws DemoError {
    assertThat(Inventory.parse("fleet", FleetGenerator.generate(1, 7)).machines()).hasSize(1);
  }

  private static List<Machine> shipped() throws DemoError {
    return Inventory.parse(DemoFiles.FLEET, DemoFiles.text(DemoFiles.FLEET)).machines();
  }

  private static String zone(String subnet) {
    return DemoNetwork.subnets().stream()
        .filter(known -> known.id().equals(subnet))
        .findFirst()
        .orElseThrow()
        .zone();
  }
}
