package io.trafficmirror.bench;

import java.util.List;
import java.util.function.Consumer;

/** A benchmark that {@code ./bench} runs, alone or with the others. */
interface Benchmark {

  /** The name for {@code --only}. */
  String name();

  /**
   * Runs the benchmark.
   *
   * @param brief whether to run the short form for CI: smaller fleets, and no benchmarks in real
   *     time
   * @param seed the random seed
   * @param progress receives a line for each part of the benchmark as it starts
   * @return the figures, in the order of the table
   */
  List<Figure> measure(boolean brief, long seed, Consumer<String> progress) throws Exception;
}
