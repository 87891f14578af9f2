package io.trafficmirror.soak;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The live objects on the heap after a full garbage collection.
 *
 * @param heapBytes the bytes of all objects
 * @param byClass the bytes of the product's own objects by class; objects of JDK and SDK classes
 *     that they hold count only in {@code heapBytes}
 */
record Histogram(long heapBytes, Map<String, Long> byClass) {

  private static final List<String> PRODUCT =
      List.of(
          "aws",
          "event",
          "lambda",
          "mirror",
          "policy",
          "pool",
          "port",
          "reconcile",
          "run",
          "write");

  /** Rank, instances, bytes and class. */
  private static final int COLUMNS = 4;

  private static final int BYTES = 2;
  private static final int CLASS = 3;

  Histogram {
    byClass = Map.copyOf(byClass);
  }

  /** Runs a full garbage collection and counts the live objects. */
  static Histogram take() {
    try {
      String text =
          (String)
              ManagementFactory.getPlatformMBeanServer()
                  .invoke(
                      new ObjectName("com.sun.management:type=DiagnosticCommand"),
                      "gcClassHistogram",
                      new Object[] {null},
                      new String[] {String[].class.getName()});
      return new Histogram(total(text), read(text));
    } catch (JMException e) {
      throw new IllegalStateException("this JVM has no class histogram", e);
    }
  }

  /** The total bytes, from the last line: {@code Total instances bytes}. */
  static long total(String text) {
    return text.lines()
        .map(line -> line.strip().split("\\s+", -1))
        .filter(columns -> columns.length > BYTES && columns[0].equals("Total"))
        .mapToLong(columns -> Long.parseLong(columns[BYTES]))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a histogram without a total"));
  }

  /** Parses the product's classes from the output of {@code jcmd GC.class_histogram}. */
  static Map<String, Long> read(String text) {
    Map<String, Long> bytes = new HashMap<>();
    for (String line : text.lines().toList()) {
      String[] columns = line.strip().split("\\s+", -1);
      if (columns.length >= COLUMNS && isProduct(columns[CLASS])) {
        bytes.merge(columns[CLASS], Long.parseLong(columns[BYTES]), Long::sum);
      }
    }
    return bytes;
  }

  static boolean isProduct(String name) {
    String plain = name.replaceAll("^\\[+L?", "");
    return PRODUCT.stream().anyMatch(part -> plain.startsWith("io.trafficmirror." + part + "."));
  }

  long productBytes() {
    return byClass.values().stream().mapToLong(Long::longValue).sum();
  }
}
