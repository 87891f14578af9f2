package io.trafficmirror.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The growth of the cost per record in a batch of 10,000. The compared batches alternate in one
 * process, so that load on the machine and compilation affect all of them.
 *
 * @param ofBatch the cost in one batch of 10,000 records about 10,000 instances, relative to the
 *     same records in 100 batches of 100
 * @param ofFleet the same cost, relative to 100 batches of 100 records about the same 100
 *     instances, which stay in the processor caches
 */
record Growth(Ratios ofBatch, Ratios ofFleet) {

  /**
   * The measured ratios, one per turn.
   *
   * @param sorted the ratios in ascending order; at least one
   */
  record Ratios(List<Double> sorted) {

    Ratios {
      sorted = sorted.stream().sorted().toList();
      if (sorted.isEmpty()) {
        throw new IllegalArgumentException("no ratios were measured");
      }
    }

    /** The median; of two middle values, the greater. */
    double median() {
      return at(0.5);
    }

    /**
     * The quantile.
     *
     * @param share the share of the turns with a lower ratio, from 0 and below 1
     */
    double at(double share) {
      return sorted.get((int) (sorted.size() * share));
    }
  }

  /**
   * Measures the growth.
   *
   * @param processes the number of processes, in sequence, because compilation differs between
   *     processes
   * @param turns the number of turns per process
   * @param jvmArgs the JVM arguments of the processes
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
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("the growth probe exited with code " + process.exitValue());
    }
    return output.lines().toList();
  }
}
