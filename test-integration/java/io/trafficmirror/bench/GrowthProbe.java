package io.trafficmirror.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * A process that handles 10,000 records about 10,000 instances in batches of 100 and in one batch,
 * in turns, and says of each pair how much more processor time the one batch took: a ratio a line.
 */
final class GrowthProbe {

  private static final int RECORDS = 10_000;
  private static final int SMALL = 100;

  /** Of both sides before anything counts, so that the compiler has seen all of it. */
  private static final int WARM_UP_PAIRS = 10;

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
   * @param args how many pairs to measure
   */
  public static void main(String[] args) {
    BatchUnderTest batch = new BatchUnderTest(RECORDS, RECORDS, line -> lastLine = line);
    for (int i = 0; i < WARM_UP_PAIRS; i++) {
      ratio(batch);
    }
    for (int i = 0; i < Integer.parseInt(args[0]); i++) {
      System.out.println(ratio(batch));
    }
  }

  private static double ratio(BatchUnderTest batch) {
    double small = cpuNanos(() -> batch.handleInBatchesOf(SMALL));
    return cpuNanos(batch::handle) / small;
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
