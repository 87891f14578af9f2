package io.trafficmirror.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** Prints the progress, about two lines a second. Not safe for use by several threads. */
final class Progress {
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final PrintStream out;
  private final long start = System.nanoTime();
  private long lastShown = start;
  private String last = "";

  Progress(PrintStream out) {
    this.out = out;
  }

  /** Prints a line immediately. */
  void show(String line) {
    lastShown = System.nanoTime();
    last = line;
    out.println(String.format(Locale.ROOT, "%6.1f s  %s", seconds(), line));
  }

  /** Prints a line if it differs from the last one and enough time has passed. */
  void update(Supplier<String> line) {
    if (System.nanoTime() - lastShown >= INTERVAL.toNanos()) {
      String now = line.get();
      if (!now.equals(last)) {
        show(now);
      }
    }
  }

  /** The seconds since the start. */
  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
