package io.trafficmirror.function;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a function is run here, beside its settings.
 *
 * @param javaHome the JDK, or JRE, that runs it
 * @param moreFlags JVM flags after Lambda's own
 * @param logs the folder for what it prints, a file each environment; made where it is missing
 * @param start what an environment starts from
 * @param initialisationTime how long an environment may take until it asks for its first event;
 *     Lambda's limit is 10 s, and 15 minutes before a snapshot
 */
public record FunctionOptions(
    Path javaHome, List<String> moreFlags, Path logs, Start start, Duration initialisationTime) {

  /** What an environment starts from. */
  public enum Start {
    /** The constructor runs when the environment starts. */
    ON_DEMAND,
    /**
     * The constructor and the hooks before the snapshot run first, those after it when the first
     * event comes. Credentials come from an endpoint then, as under SnapStart.
     */
    SNAPSHOT
  }

  /** Copies the list. */
  public FunctionOptions {
    moreFlags = List.copyOf(moreFlags);
  }

  /** On the JVM that runs this, on demand, with a minute for the initialisation. */
  public static FunctionOptions defaults(Path logs) {
    return new FunctionOptions(
        Path.of(System.getProperty("java.home")),
        List.of(),
        logs,
        Start.ON_DEMAND,
        Duration.ofMinutes(1));
  }

  /** The same on another JDK. */
  public FunctionOptions withJavaHome(Path home) {
    return new FunctionOptions(home, moreFlags, logs, start, initialisationTime);
  }

  /** The same with these flags instead. */
  public FunctionOptions withMoreFlags(List<String> flags) {
    return new FunctionOptions(javaHome, flags, logs, start, initialisationTime);
  }

  /** The same from another start. */
  public FunctionOptions withStart(Start other) {
    return new FunctionOptions(javaHome, moreFlags, logs, other, initialisationTime);
  }

  /** The same with another limit. */
  public FunctionOptions withInitialisationTime(Duration time) {
    return new FunctionOptions(javaHome, moreFlags, logs, start, time);
  }
}
