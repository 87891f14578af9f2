package io.trafficmirror.bench;

import java.util.List;
import java.util.function.Consumer;

/** A part of {@code ./bench} that can be run by itself. */
interface Benchmark {

  /** What {@code --only} calls it. */
  String name();

  /**
   * Measures.
   *
   * @param brief whether this is the short form for CI: smaller, and without what takes real time
   * @param seed of everything that looks random
   * @param progress is told what is being measured
   * @return the figures, in the order of the table
   */
  List<Figure> measure(boolean brief, long seed, Consumer<String> progress) throws Exception;
}
