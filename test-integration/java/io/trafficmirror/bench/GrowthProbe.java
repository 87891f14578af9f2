package io.trafficmirror.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * A process that handles, in turns, 10,000 records about 10,000 instances in one batch, the same in
 * batches of 100, and batches of 100 records about 100 instances. It says of each turn how much
 * more processor time the one batch took than either of the others: two ratios a line.
 */
final class GrowthProbe {

  private static final int RECORDS = 10_000;
  private static final int SMALL = 100;

  /** Before anything counts, so that the compiler has seen all of it. */
  private static final int WARM_UP_TURNS = 10;

  /** The clock of a process ticks in hundredths of a second: a side has to take much longer. */
  private static final int TIMES = 8;

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  @SuppressWarnings("unused") // Written, so that a line cannot be left unmade.
  private static volatile String lastLine = "";

  private GrowthProbe() {}

  /**
   * Runs it.
   *
   * @param args how many turns to measure
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

  /** Of the whole process, collector and compiler included. */
  private static double cpuNanos(Runnable side) {
    long before = SYSTEM.getProcessCpuTime();
    for (int i = 0; i < TIMES; i++) {
      side.run();
    }
    return SYSTEM.getProcessCpuTime() - before;
  }
}
