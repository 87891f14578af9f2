package io.trafficmirror.lambda;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Writes the logs of libraries, warnings and above, as JSON lines to our log. */
final class LibraryLogs extends Handler {

  /** Used only to fill in the parameters of a message. */
  private static final Formatter FORMATTER =
      new Formatter() {
        @Override
        public String format(LogRecord entry) {
          return formatMessage(entry);
        }
      };

  private final JsonLines lines;

  private LibraryLogs(JsonLines lines) {
    this.lines = lines;
  }

  /** Redirects java.util.logging, from the level WARNING, to the sink. */
  static void redirect(Consumer<String> sink) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    root.addHandler(new LibraryLogs(new JsonLines(sink)));
  }

  @Override
  public void publish(LogRecord entry) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("logger", String.valueOf(entry.getLoggerName()));
    values.put("detail", FORMATTER.format(entry));
    if (entry.getThrown() != null) {
      values.put("thrown", entry.getThrown());
    }
    lines.write(entry.getInstant(), "WARN", "library", values);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
