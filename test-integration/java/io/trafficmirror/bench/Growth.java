package io.trafficmirror.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * By how much a record gets dearer in a batch of 10,000: measured in turns in one process, so that
 * a busy machine and what the compiler made of it count for all sides.
 *
 * @param ofBatch where the same 10,000 records about 10,000 instances come in one batch instead of
 *     in a hundred
 * @param ofFleet where they are about 10,000 instances instead of a hundred times about the same
 *     100, which stay in the processor's caches
 */
record Growth(Ratios ofBatch, Ratios ofFleet) {

  /**
   * What was measured, one for each turn.
   *
   * @param sorted in ascending order; at least one
   */
  record Ratios(List<Double> sorted) {

    /** Sorts them. */
    Ratios {
      sorted = sorted.stream().sorted().toList();
      if (sorted.isEmpty()) {
        throw new IllegalArgumentException("nothing was measured");
      }
    }

    /** The one in the middle; of two, the greater. */
    double median() {
      return at(0.5);
    }

    /**
     * The ratio that the given share of the turns does not reach.
     *
     * @param share from 0 on, below 1
     */
    double at(double share) {
      return sorted.get((int) (sorted.size() * share));
    }
  }

  /**
   * Measures it.
   *
   * @param processes how many, one after the other; what the compiler makes of the code differs
   * @param turns that each of them measures
   * @param jvmArgs what they are started with
   */
  static Growth measure(int processes, int turns, List<String> jvmArgs)
      throws IOException, InterruptedException {
    List<Double> ofBatch = new ArrayList<>();
    List<Double> ofFleet = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      for (String turn : inProcess(turns, jvmArgs)) {
        String[] ratios = turn.split(" ", 2);
        ofBatch.add(Double.valueOf(ratios[0]));
        ofFleet.add(Double.valueOf(ratios[1]));
      }
    }
    return new Growth(new Ratios(ofBatch), new Ratios(ofFleet));
  }

  private static List<String> inProcess(int turns, List<String> jvmArgs)
      throws IOException, InterruptedException {
    List<String> command =
        Stream.of(
                Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                jvmArgs.stream(),
                Stream.of(
                    "-cp",
                    System.getProperty("java.class.path"),
                    GrowthProbe.class.getName(),
                    Integer.toString(turns)))
            .flatMap(part -> part)
            .toList();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("the process that measures growth ended with " + process.exitValue());
    }
    return said.lines().toList();
  }
}
