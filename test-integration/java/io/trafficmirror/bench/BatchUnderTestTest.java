package io.trafficmirror.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchUnderTestTest {

  @Test
  void readsEachInstanceOnceAndChangesNothing() {
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

  @Test
  void handlesEachRecordOnceInSmallerBatches() {
    List<String> lines = new ArrayList<>();
    BatchUnderTest batch = new BatchUnderTest(25, 25, lines::add);
    lines.clear();
    batch.handleInBatchesOf(10);
    assertThat(lines)
        .filteredOn(line -> line.contains("\"records\":"))
        .extracting(line -> line.replaceAll(".*\"records\":(\\d+).*", "$1"))
        .containsExactly("10", "10", "5");
  }
}
