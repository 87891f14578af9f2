package io.trafficmirror.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** Shows that something happens: a line about twice a second. Not safe for several threads. */
final class Progress {
  private static final Duration BETWEEN = Duration.ofMillis(500);

  private final PrintStream out;
  private final long start = System.nanoTime();
  private long lastShown = start;
  private String last = "";

  Progress(PrintStream out) {
    this.out = out;
  }

  /** Shows a line now. */
  void say(String line) {
    lastShown = System.nanoTime();
    last = line;
    out.println(String.format(Locale.ROOT, "%6.1f s  %s", seconds(), line));
  }

  /** Shows a line where the last one is some time ago and said something else. */
  void update(Supplier<String> line) {
    if (System.nanoTime() - lastShown >= BETWEEN.toNanos()) {
      String now = line.get();
      if (!now.equals(last)) {
        say(now);
      }
    }
  }

  /** How long it has been. */
  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
