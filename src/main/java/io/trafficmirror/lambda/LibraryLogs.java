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

/** What libraries have to say, as JSON lines among ours: warnings and worse. */
final class LibraryLogs extends Handler {

  /** Only for filling in what a message has places for. */
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

  /** From now on everything that is logged through java.util.logging goes to the sink. */
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
