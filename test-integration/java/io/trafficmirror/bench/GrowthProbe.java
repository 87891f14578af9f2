package io.trafficmirror.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * A process that handles alternately 10,000 records about 10,000 instances in one batch, the same
 * records in batches of 100, and batches of 100 records about 100 instances. For each turn, it
 * prints a line with two ratios: the processor time of the single batch relative to each of the
 * others.
 */
final class GrowthProbe {

  private static final int RECORDS = 10_000;
  private static final int SMALL = 100;

  /** Unmeasured turns, so that all code is compiled. */
  private static final int WARM_UP_TURNS = 10;

  /**
   * Repetitions per side: the processor clock ticks in hundredths of a second, so that a side has
   * to take much longer.
   */
  private static final int REPETITIONS = 8;

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  @SuppressWarnings("unused") // Written so that the JVM cannot skip creating the lines.
  private static volatile String lastLine = "";

  private GrowthProbe() {}

  /**
   * Runs the probe.
   *
   * @param args the number of turns to measure
   */
  public static void main(String[] args) {
    BatchUnderTest large = new BatchUnderTest(RECORDS, RECORDS, line -> lastLine = line);
    BatchUnderTest small = new BatchUnderTest(SMALL, SMALL, line -> lastLine = line);
    for (int i = 0; i < WARM_UP_TURNS; i++) {
      turn(large, small);
    }
    for (int i = 0; i < Integer.parseInt(args[0]); i++) {
      System.out.println(turn(large, small));
    }
  }

  private static String turn(BatchUnderTest large, BatchUnderTest small) {
    double inSmallBatches = cpuNanos(() -> large.handleInBatchesOf(SMALL));
    double inOneBatch = cpuNanos(large::handle);
    double inASmallFleet = cpuNanos(() -> repeat(small, RECORDS / SMALL));
    return inOneBatch / inSmallBatches + " " + inOneBatch / inASmallFleet;
  }

  private static void repeat(BatchUnderTest batch, int times) {
    for (int i = 0; i < times; i++) {
      batch.handle();
    }
  }

  /** The processor time of the whole process, including garbage collection and compilation. */
  private static double cpuNanos(Runnable side) {
    long before = SYSTEM.getProcessCpuTime();
    for (int i = 0; i < REPETITIONS; i++) {
      side.run();
    }
    return SYSTEM.getProcessCpuTime() - before;
  }
}
