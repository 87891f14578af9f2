package io.trafficmirror.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchUnderTestTest {

  @Test
  void itsInstancesNeedNothingAndEachIsLookedAtOnce() {
    List<String> lines = new ArrayList<>();
    BatchUnderTest batch = new BatchUnderTest(100, 10, lines::add);
    lines.clear();
    assertThat(batch.handle().getBatchItemFailures()).isEmpty();
    assertThat(lines)
        .anyMatch(line -> line.contains("\"records\":100,\"instances\":10,"))
        .anyMatch(
            line -> line.contains("\"Outcome\":\"already-mirrored\"") && line.contains(":10.0"))
        .noneMatch(line -> line.contains("\"Outcome\":\"created\""));
  }
}
