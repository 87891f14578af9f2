package io.trafficmirror.contract;

import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Says things to whoever runs the suite, one plain line each, on the console that Maven shows. Safe
 * for use by several threads.
 */
public final class PlainLog {

  private static final Logger LOG = logger();

  private PlainLog() {}

  /** What the person who started the run must see. */
  public static void say(String line) {
    LOG.info(line);
  }

  /** What helps to find out why something went wrong; not shown unless the level is lowered. */
  static void detail(String line) {
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
