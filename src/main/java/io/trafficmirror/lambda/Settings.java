package io.trafficmirror.lambda;

import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.pool.PoolLimits;
import io.trafficmirror.reconcile.Limits;
import io.trafficmirror.run.RunLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The settings of the function, read from environment variables.
 *
 * @param deployment the name of this deployment, with which it tags every resource that it creates
 * @param policy the location of the mirror policy
 * @param failureBucket the S3 bucket for rejected records and for instances whose retries are
 *     exhausted
 * @param dryRun whether actions are logged instead of applied
 * @param limits the limits of the reconcile loop
 * @param metricsNamespace the CloudWatch namespace of the metrics
 * @param logLevel which log lines are written
 */
public record Settings(
    String deployment,
    PolicyLocation policy,
    String failureBucket,
    boolean dryRun,
    Limits limits,
    String metricsNamespace,
    LogLevel logLevel) {

  /** The name of this deployment: 1 to 64 letters, digits, {@code -} or {@code _}. Required. */
  public static final String DEPLOYMENT = "MIRROR_DEPLOYMENT";

  /**
   * The bucket of the policy, used with {@link #POLICY_KEY}. Set either both or {@link
   * #POLICY_FILE}.
   */
  public static final String POLICY_BUCKET = "MIRROR_POLICY_BUCKET";

  /** The key of the policy in its bucket. */
  public static final String POLICY_KEY = "MIRROR_POLICY_KEY";

  /** The version of the policy's object. Default: the newest one. */
  public static final String POLICY_VERSION = "MIRROR_POLICY_VERSION";

  /** A policy file that is packaged with the function, instead of one in S3. */
  public static final String POLICY_FILE = "MIRROR_POLICY_FILE";

  /** The bucket for rejected records and for instances whose retries are exhausted. Required. */
  public static final String FAILURE_BUCKET = "MIRROR_FAILURE_BUCKET";

  /** {@code true} to log actions instead of applying them. Default: {@code false}. */
  public static final String DRY_RUN = "MIRROR_DRY_RUN";

  /**
   * How many seconds after a record's arrival a single instance is retried: 0 to 3,600. Default:
   * 120.
   */
  public static final String INSTANCE_RETRY_SECONDS = "MIRROR_INSTANCE_RETRY_SECONDS";

  /** The maximum number of concurrent writes to EC2: 1 to 50. Default: 4. */
  public static final String WRITES_IN_FLIGHT = "MIRROR_WRITES_IN_FLIGHT";

  /** The maximum number of pages of a backfill run: 1 to 1,000,000. Default: 2,000. */
  public static final String RUN_MAX_PAGES = "MIRROR_RUN_MAX_PAGES";

  /** The maximum duration of a backfill run in hours: 1 to 168. Default: 24. */
  public static final String RUN_MAX_HOURS = "MIRROR_RUN_MAX_HOURS";

  /** The maximum number of targets on demand that one invocation launches: 1 to 50. Default: 5. */
  public static final String LAUNCHES_PER_INVOCATION = "MIRROR_LAUNCHES_PER_INVOCATION";

  /**
   * The minimum age in minutes of the instance of an unused target on demand before a sweep removes
   * it: 10 to 10,080, or 0 to disable sweeps. Default: 60.
   */
  public static final String SWEEP_AFTER_MINUTES = "MIRROR_SWEEP_AFTER_MINUTES";

  /** The maximum number of instances that one sweep removes: 1 to 100. Default: 10. */
  public static final String SWEEP_LIMIT = "MIRROR_SWEEP_LIMIT";

  /**
   * Instance families that can be sources, in addition to the built-in list, separated by commas.
   * Default: none.
   */
  public static final String MORE_SOURCE_FAMILIES = "MIRROR_MORE_SOURCE_FAMILIES";

  /**
   * The minimum of {@link #SWEEP_AFTER_MINUTES}, so that a sweep cannot remove an instance whose
   * target is still being created.
   */
  private static final int MIN_SWEEP_AFTER_MINUTES = 10;

  /** The CloudWatch namespace of the metrics. Default: {@code TrafficMirrorPipeline}. */
  public static final String METRICS_NAMESPACE = "MIRROR_METRICS_NAMESPACE";

  static final String DEFAULT_METRICS_NAMESPACE = "TrafficMirrorPipeline";

  /**
   * The log level: {@code INFO}, or {@code WARN} for only what requires an operator's action.
   * Default: {@code INFO}.
   */
  public static final String LOG_LEVEL = "MIRROR_LOG_LEVEL";

  /** All environment variables that are read. */
  public static final List<String> NAMES =
      List.of(
          DEPLOYMENT,
          POLICY_BUCKET,
          POLICY_KEY,
          POLICY_VERSION,
          POLICY_FILE,
          FAILURE_BUCKET,
          DRY_RUN,
          INSTANCE_RETRY_SECONDS,
          WRITES_IN_FLIGHT,
          RUN_MAX_PAGES,
          RUN_MAX_HOURS,
          LAUNCHES_PER_INVOCATION,
          SWEEP_AFTER_MINUTES,
          SWEEP_LIMIT,
          MORE_SOURCE_FAMILIES,
          METRICS_NAMESPACE,
          LOG_LEVEL);

  /** The location of the mirror policy. */
  public sealed interface PolicyLocation {
    /**
     * In S3.
     *
     * @param bucket the bucket
     * @param key the object's key
     * @param version the object's version; empty for the newest
     */
    record InS3(String bucket, String key, Optional<String> version) implements PolicyLocation {}

    /**
     * In a file.
     *
     * @param path its path
     */
    record InFile(String path) implements PolicyLocation {}
  }

  /** Which log lines are written. */
  public enum LogLevel {
    /** All log lines. */
    INFO,
    /** Only log lines that require an operator's action. */
    WARN
  }

  /** The result of reading the environment variables. */
  public sealed interface Result {
    /**
     * All settings are valid.
     *
     * @param settings the settings
     */
    record Valid(Settings settings) implements Result {}

    /**
     * Some settings are invalid.
     *
     * @param problems all problems, each with the name of the variable
     */
    record Invalid(List<String> problems) implements Result {
      /** Copies the list. */
      public Invalid {
        problems = List.copyOf(problems);
      }
    }
  }

  /** Reads the settings; a blank variable counts as not set. */
  public static Result read(Map<String, String> environment) {
    return new Reader(environment).read();
  }

  private static final class Reader {
    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    Reader(Map<String, String> environment) {
      this.environment = environment;
    }

    Result read() {
      Limits defaults = Limits.defaults();
      Settings settings =
          new Settings(
              deployment(),
              policy(),
              required(FAILURE_BUCKET, "the S3 bucket for rejected records and exhausted retries"),
              flag(DRY_RUN),
              new Limits(
                  Duration.ofSeconds(
                      number(
                          INSTANCE_RETRY_SECONDS, 0, 3_600, defaults.instanceRetry().toSeconds())),
                  (int) number(WRITES_IN_FLIGHT, 1, 50, defaults.writesInFlight()),
                  runs(defaults.runs()),
                  defaults.denialGrace(),
                  defaults.targetsAge(),
                  defaults.refusedTypesAge(),
                  defaults.observeAgain(),
                  pools(defaults.pools())),
              value(METRICS_NAMESPACE).orElse(DEFAULT_METRICS_NAMESPACE),
              logLevel());
      return problems.isEmpty() ? new Result.Valid(settings) : new Result.Invalid(problems);
    }

    private RunLimits runs(RunLimits defaults) {
      return new RunLimits(
          (int) number(RUN_MAX_PAGES, 1, 1_000_000, defaults.maxPages()),
          Duration.ofHours(number(RUN_MAX_HOURS, 1, 168, defaults.maxTime().toHours())),
          defaults.maxRestarts());
    }

    private PoolLimits pools(PoolLimits defaults) {
      long minutes = number(SWEEP_AFTER_MINUTES, 0, 10_080, defaults.sweepAfter().toMinutes());
      if (minutes > 0 && minutes < MIN_SWEEP_AFTER_MINUTES) {
        problems.add(
            "%s is '%d': expected 0 for no sweep, or a whole number from %d to 10080"
                .formatted(SWEEP_AFTER_MINUTES, minutes, MIN_SWEEP_AFTER_MINUTES));
      }
      return new PoolLimits(
          (int) number(LAUNCHES_PER_INVOCATION, 1, 50, defaults.launches()),
          Duration.ofMinutes(minutes),
          (int) number(SWEEP_LIMIT, 1, 100, defaults.sweepLimit()),
          families());
    }

    private Set<String> families() {
      Set<String> families = new TreeSet<>();
      for (String family : value(MORE_SOURCE_FAMILIES).orElse("").split(",", -1)) {
        if (family.isBlank()) {
          continue;
        }
        if (!family.strip().matches("[a-z][a-z0-9-]*")) {
          problems.add(
              "%s names '%s': expected instance families such as m9g, separated by commas"
                  .formatted(MORE_SOURCE_FAMILIES, family.strip()));
        }
        families.add(family.strip());
      }
      return families;
    }

    private Optional<String> value(String name) {
      return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }

    private String required(String name, String meaning) {
      return value(name)
          .orElseGet(
              () -> {
                problems.add(name + " is not set: it names " + meaning);
                return "";
              });
    }

    private String deployment() {
      String name = required(DEPLOYMENT, "this deployment");
      if (!name.isEmpty() && !Ownership.isValidName(name)) {
        problems.add(
            DEPLOYMENT + " is '" + name + "': expected 1 to 64 letters, digits, '-' or '_'");
      }
      return name;
    }

    private PolicyLocation policy() {
      Optional<String> file = value(POLICY_FILE);
      Optional<String> bucket = value(POLICY_BUCKET);
      Optional<String> key = value(POLICY_KEY);
      if (file.isPresent()) {
        if (bucket.isPresent() || key.isPresent()) {
          problems.add(
              "both "
                  + POLICY_FILE
                  + " and "
                  + POLICY_BUCKET
                  + " or "
                  + POLICY_KEY
                  + " are set: set either the file or the object");
        }
        return new PolicyLocation.InFile(file.get());
      }
      if (bucket.isEmpty() || key.isEmpty()) {
        problems.add(
            "no mirror policy: set "
                + POLICY_BUCKET
                + " and "
                + POLICY_KEY
                + ", or "
                + POLICY_FILE);
      }
      return new PolicyLocation.InS3(bucket.orElse(""), key.orElse(""), value(POLICY_VERSION));
    }

    private boolean flag(String name) {
      String text = value(name).orElse("false");
      if (!text.equals("true") && !text.equals("false")) {
        problems.add(name + " is '" + text + "': expected true or false");
      }
      return text.equals("true");
    }

    private long number(String name, long min, long max, long otherwise) {
      Optional<String> text = value(name);
      if (text.isEmpty()) {
        return otherwise;
      }
      if (text.get().matches("[0-9]{1,9}")) {
        long number = Long.parseLong(text.get());
        if (number >= min && number <= max) {
          return number;
        }
      }
      problems.add(
          name + " is '" + text.get() + "': expected a whole number from " + min + " to " + max);
      return otherwise;
    }

    private LogLevel logLevel() {
      String text = value(LOG_LEVEL).orElse("INFO").toUpperCase(Locale.ROOT);
      return switch (text) {
        case "INFO" -> LogLevel.INFO;
        case "WARN" -> LogLevel.WARN;
        default -> {
          problems.add(LOG_LEVEL + " is '" + text + "': expected INFO or WARN");
          yield LogLevel.INFO;
        }
      };
    }
  }
}
