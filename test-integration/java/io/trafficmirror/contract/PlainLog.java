package io.trafficmirror.contract;

import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Logs plain lines to the console that Maven shows. Safe for use by several threads. */
public final class PlainLog {

  private static final Logger LOG = logger();

  private PlainLog() {}

  /** Logs a line that is always shown. */
  public static void info(String line) {
    LOG.info(line);
  }

  /** Logs a line for troubleshooting, which is not shown by default. */
  static void debug(String line) {
    LOG.fine(line);
  }

  private static Logger logger() {
    Logger log = Logger.getLogger("io.trafficmirror.contract");
    ConsoleHandler handler = new ConsoleHandler();
    handler.setLevel(Level.ALL);
    handler.setFormatter(
        new Formatter() {
          @Override
          public String format(LogRecord line) {
            return line.getMessage() + System.lineSeparator();
          }
        });
    log.setUseParentHandlers(false);
    log.addHandler(handler);
    return log;
  }
}
