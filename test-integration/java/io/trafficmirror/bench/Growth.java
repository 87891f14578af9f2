package io.trafficmirror.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * By how much a record gets dearer where it comes in one batch of 10,000 instead of in a hundred of
 * 100: the same records, instances and handler, in turns in one process, so that a busy machine and
 * what the compiler made of it count for both sides.
 *
 * @param ratios of the pairs that were measured, in ascending order; at least one
 */
record Growth(List<Double> ratios) {

  /** Sorts them. */
  Growth {
    ratios = ratios.stream().sorted().toList();
    if (ratios.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
  }

  /**
   * Measures it.
   *
   * @param processes how many, one after the other; what the compiler makes of the code differs
   * @param pairs that each of them measures
   * @param jvmArgs what they are started with
   */
  static Growth measure(int processes, int pairs, List<String> jvmArgs)
      throws IOException, InterruptedException {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      ratios.addAll(inProcess(pairs, jvmArgs));
    }
    return new Growth(ratios);
  }

  private static List<Double> inProcess(int pairs, List<String> jvmArgs)
      throws IOException, InterruptedException {
    List<String> command =
        Stream.of(
                Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                jvmArgs.stream(),
                Stream.of(
                    "-cp",
                    System.getProperty("java.class.path"),
                    GrowthProbe.class.getName(),
                    Integer.toString(pairs)))
            .flatMap(part -> part)
            .toList();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("the process that measures growth ended with " + process.exitValue());
    }
    return said.lines().map(Double::valueOf).toList();
  }

  /** The one in the middle; of two, the greater. */
  double median() {
    return at(0.5);
  }

  /**
   * The ratio that the given share of the pairs does not reach.
   *
   * @param share from 0 on, below 1
   */
  double at(double share) {
    return ratios.get((int) (ratios.size() * share));
  }
}
