package io.trafficmirror.soak;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What is alive on the heap after a full collection.
 *
 * @param heapBytes everything
 * @param byClass the bytes of the product's own objects, by class; what they hold of the JDK's and
 *     the SDK's classes is in {@code heapBytes} only
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

  /** Number, instances, bytes, class, module. */
  private static final int COLUMNS = 4;

  private static final int BYTES = 2;
  private static final int CLASS = 3;

  Histogram {
    byClass = Map.copyOf(byClass);
  }

  /** Collects all garbage and counts what is left; takes as long as that does. */
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

  /** The sum of everything, from the last line: {@code Total instances bytes}. */
  static long total(String text) {
    return text.lines()
        .map(line -> line.strip().split("\\s+", -1))
        .filter(columns -> columns.length > BYTES && columns[0].equals("Total"))
        .mapToLong(columns -> Long.parseLong(columns[BYTES]))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a histogram without a total"));
  }

  /** The product's part of what {@code jcmd GC.class_histogram} writes. */
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
