package io.trafficmirror.function;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Options for running a function, in addition to its settings.
 *
 * @param javaHome the JDK or JRE
 * @param moreFlags JVM flags in addition to Lambda's
 * @param logs the folder for the output, one file per environment; created if necessary
 * @param start how an environment starts
 * @param initialisationTime the time limit for an environment to request its first event; Lambda's
 *     limit is 10 s, and 15 minutes before a snapshot
 */
public record FunctionOptions(
    Path javaHome, List<String> moreFlags, Path logs, Start start, Duration initialisationTime) {

  /** How an environment starts. */
  public enum Start {
    /** The constructor runs when the environment starts. */
    ON_DEMAND,
    /**
     * The constructor and the hooks before the snapshot run first, the hooks after it when the
     * first event arrives. Credentials come from an endpoint, as with SnapStart.
     */
    SNAPSHOT
  }

  /** Copies the list. */
  public FunctionOptions {
    moreFlags = List.copyOf(moreFlags);
  }

  /** The current JVM, started on demand, with an initialisation limit of one minute. */
  public static FunctionOptions defaults(Path logs) {
    return new FunctionOptions(
        Path.of(System.getProperty("java.home")),
        List.of(),
        logs,
        Start.ON_DEMAND,
        Duration.ofMinutes(1));
  }

  /** The same with another JDK. */
  public FunctionOptions withJavaHome(Path home) {
    return new FunctionOptions(home, moreFlags, logs, start, initialisationTime);
  }

  /** The same with other flags. */
  public FunctionOptions withMoreFlags(List<String> flags) {
    return new FunctionOptions(javaHome, flags, logs, start, initialisationTime);
  }

  /** The same with another kind of start. */
  public FunctionOptions withStart(Start other) {
    return new FunctionOptions(javaHome, moreFlags, logs, other, initialisationTime);
  }

  /** The same with another initialisation limit. */
  public FunctionOptions withInitialisationTime(Duration time) {
    return new FunctionOptions(javaHome, moreFlags, logs, start, time);
  }
}
