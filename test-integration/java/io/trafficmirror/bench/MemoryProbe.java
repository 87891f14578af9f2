package io.trafficmirror.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/**
 * A process that handles one batch three times, like a warm environment, and prints a line with the
 * live bytes after a garbage collection and the peak size of the heap.
 */
final class MemoryProbe {

  private static final int BATCHES = 3;

  private MemoryProbe() {}

  /**
   * Runs the probe.
   *
   * @param args the numbers of records and of instances
   */
  public static void main(String[] args) {
    BatchUnderTest batch =
        new BatchUnderTest(Integer.parseInt(args[0]), Integer.parseInt(args[1]), line -> {});
    for (int i = 0; i < BATCHES; i++) {
      batch.handle();
    }
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    System.gc();
    long live = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    batch.handle();
    System.out.println(live + " " + peak);
  }
}
