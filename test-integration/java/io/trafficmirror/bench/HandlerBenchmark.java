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

/** One batch through the handler; JMH makes a class of its own from this one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HandlerBenchmark {

  /** Records and the instances that they name, as {@code records/instances}. */
  @Param({"1/1", "10/10", "100/1", "100/100", "1000/1000", "10000/1", "10000/100", "10000/10000"})
  public String batch = "";

  private BatchUnderTest underTest = new BatchUnderTest(1, 1, line -> {});

  /** Makes the batch; the log lines are made and then dropped. */
  @Setup
  public void prepare(Blackhole lines) {
    String[] sizes = batch.split("/", 2);
    underTest =
        new BatchUnderTest(Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), lines::consume);
  }

  /** Handles it. */
  @Benchmark
  public StreamsEventResponse handle() {
    return underTest.handle();
  }
}
