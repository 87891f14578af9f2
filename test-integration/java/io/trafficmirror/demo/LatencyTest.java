package io.trafficmirror.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class LatencyTest {

  @Test
  void computesPercentilesByTheNearestRank() {
    assertThat(Latency.of(LongStream.rangeClosed(1, 100).boxed().toList()))
        .isEqualTo(new Latency(100, 50, 99, 100));
  }

  @Test
  void sortsTheTimesAndCountsOneOutlierOnlyAsTheMaximum() {
    List<Long> millis = LongStream.range(0, 199).map(i -> 7).boxed().toList();

    assertThat(Latency.of(Stream.concat(List.of(900L).stream(), millis.stream()).toList()))
        .isEqualTo(new Latency(200, 7, 7, 900));
  }

  @Test
  void returnsZerosForNoTimes() {
    assertThat(Latency.of(List.of())).isEqualTo(new Latency(0, 0, 0, 0));
  }
}
