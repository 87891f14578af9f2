package io.trafficmirror.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class InstanceCopiesTest {

  @Test
  void createsRunningInstancesWithNewIds() throws DemoError {
    List<Machine> fleet = Inventory.parse("fleet", FleetGenerator.generate(200, 3)).machines();
    Set<String> ids = new HashSet<>();
    fleet.forEach(machine -> ids.add(machine.id()));
    fleet.forEach(machine -> machine.interfaces().forEach(nic -> ids.add(nic.id())));

    List<Machine> copies = new InstanceCopies(fleet, 1).make(100);

    assertThat(copies).hasSize(100);
    for (Machine copy : copies) {
      assertThat(copy.state()).isEqualTo("running");
      assertThat(copy.primary()).isPresent();
      assertThat(ids.add(copy.id())).as(copy.id()).isTrue();
      copy.interfaces().forEach(nic -> assertThat(ids.add(nic.id())).as(nic.id()).isTrue());
    }
  }

  @Test
  void copiesASensorAsAPlainInstance() throws DemoError {
    List<Machine> sensors =
        Inventory.parse("fleet", FleetGenerator.generate(10, 1)).machines().stream()
            .filter(machine -> machine.sensorTarget().isPresent())
            .toList();

    assertThat(sensors).hasSize(2);
    assertThat(new InstanceCopies(sensors, 1).make(5))
        .allSatisfy(copy -> assertThat(copy.sensorTarget()).isEmpty());
  }

  @Test
  void createsNothingFromAFleetWithoutInterfaces() {
    Machine gone =
        new Machine(
            "i-1",
            "m5.large",
            "terminated",
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            List.of());

    assertThat(new InstanceCopies(List.of(gone), 1).make(5)).isEmpty();
  }
}
