package io.trafficmirror.bench;

import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Handles one batch. JMH generates a subclass. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HandlerBenchmark {

  /** The numbers of records and of instances, as {@code records/instances}. */
  @Param({"1/1", "10/10", "100/1", "100/100", "1000/1000", "10000/1", "10000/100", "10000/10000"})
  public String batch = "";

  private BatchUnderTest underTest = new BatchUnderTest(1, 1, line -> {});

  /** Creates the batch. The log lines are created and discarded. */
  @Setup
  public void prepare(Blackhole lines) {
    String[] sizes = batch.split("/", 2);
    underTest =
        new BatchUnderTest(Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), lines::consume);
  }

  /** Handles the batch. */
  @Benchmark
  public StreamsEventResponse handle() {
    return underTest.handle();
  }
}
