package io.trafficmirror.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.Discrepancies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SoakTest {

  @Test
  void everySessionIsCorrectAfterThreeMinutesOfFaults() throws Exception {
    List<String> progress = new ArrayList<>();
    SoakResult result = Soak.run(SoakOptions.of(3, 42), progress::add);
    assertThat(result.findings()).isEqualTo(Discrepancies.none());
    assertThat(result.figures().unsupported()).isEmpty();
    assertThat(progress).last().asString().contains("at rest");
    Map<String, Long> numbers = result.figures().numbers();
    assertThat(numbers).as("the soak was not idle").containsEntry("instances launched", 1_800L);
    assertThat(numbers.get("processes killed")).isGreaterThan(1);
    assertThat(numbers.get("instances terminated")).isGreaterThan(1_000);
    assertThat(numbers.get("instances stopped")).isGreaterThan(30);
    assertThat(numbers.get("tag changes")).isGreaterThan(20);
    assertThat(numbers.get("faults injected into EC2, S3 and Kinesis calls")).isGreaterThan(50);
    assertThat(numbers.get("sessions at the end")).isGreaterThan(80);
    assertThat(numbers.get("targets on demand at the end")).isPositive();
  }
}
