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
 * What the function is told from outside, all of it by environment variables.
 *
 * @param deployment the name of this deployment, which is on everything that it makes
 * @param policy where the mirror policy is
 * @param failureBucket the S3 bucket for what is given up on
 * @param dryRun whether actions are logged instead of applied
 * @param limits how far the loop goes
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
   * The bucket of the policy; goes with {@link #POLICY_KEY}. Either these or {@link #POLICY_FILE}.
   */
  public static final String POLICY_BUCKET = "MIRROR_POLICY_BUCKET";

  /** The key of the policy in its bucket. */
  public static final String POLICY_KEY = "MIRROR_POLICY_KEY";

  /** The version of the policy's object; the newest one where it is not set. */
  public static final String POLICY_VERSION = "MIRROR_POLICY_VERSION";

  /** A policy file that came with the function, instead of one in S3. */
  public static final String POLICY_FILE = "MIRROR_POLICY_FILE";

  /** The bucket for rejected records and for instances left to the next look. Required. */
  public static final String FAILURE_BUCKET = "MIRROR_FAILURE_BUCKET";

  /**
   * {@code true} to log what would be done instead of doing it; {@code false} where it is not set.
   */
  public static final String DRY_RUN = "MIRROR_DRY_RUN";

  /** For how many seconds after a record's arrival one instance is tried again: 0 to 3,600; 120. */
  public static final String INSTANCE_RETRY_SECONDS = "MIRROR_INSTANCE_RETRY_SECONDS";

  /** How many writes to EC2 are under way at once: 1 to 50; 4. */
  public static final String WRITES_IN_FLIGHT = "MIRROR_WRITES_IN_FLIGHT";

  /** How many pages a backfill run may have: 1 to 1,000,000; 2,000. */
  public static final String RUN_MAX_PAGES = "MIRROR_RUN_MAX_PAGES";

  /** How many hours a backfill run may take: 1 to 168; 24. */
  public static final String RUN_MAX_HOURS = "MIRROR_RUN_MAX_HOURS";

  /** How many instances one invocation launches as targets on demand at most: 1 to 50; 5. */
  public static final String LAUNCHES_PER_INVOCATION = "MIRROR_LAUNCHES_PER_INVOCATION";

  /**
   * How many minutes old the instance of a target on demand has to be to be removed because nothing
   * is mirrored to it: 10 to 10,080; 60. With 0 nothing is ever removed.
   */
  public static final String SWEEP_AFTER_MINUTES = "MIRROR_SWEEP_AFTER_MINUTES";

  /** How many instances one sweep removes at most: 1 to 100; 10. */
  public static final String SWEEP_LIMIT = "MIRROR_SWEEP_LIMIT";

  /**
   * Families of instance types that can be sources besides those that were known when this program
   * was made, with commas between; none where it is not set.
   */
  public static final String MORE_SOURCE_FAMILIES = "MIRROR_MORE_SOURCE_FAMILIES";

  /** The youngest that is swept: so much older than what is still being made. */
  private static final int MIN_SWEEP_AFTER_MINUTES = 10;

  /** The CloudWatch namespace of the metrics; {@code TrafficMirrorPipeline} where it is not set. */
  public static final String METRICS_NAMESPACE = "MIRROR_METRICS_NAMESPACE";

  static final String DEFAULT_METRICS_NAMESPACE = "TrafficMirrorPipeline";

  /** {@code INFO}, or {@code WARN} for nothing but what an operator acts on; {@code INFO}. */
  public static final String LOG_LEVEL = "MIRROR_LOG_LEVEL";

  /** Every variable that is read. */
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

  /** Where the mirror policy is. */
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
    /** What an operator acts on, and everything else. */
    INFO,
    /** What an operator acts on. */
    WARN
  }

  /** What became of the environment variables. */
  public sealed interface Result {
    /**
     * They make sense.
     *
     * @param settings what they say
     */
    record Valid(Settings settings) implements Result {}

    /**
     * They do not.
     *
     * @param problems all of them, each a sentence that names the variable
     */
    record Invalid(List<String> problems) implements Result {
      /** Copies the list. */
      public Invalid {
        problems = List.copyOf(problems);
      }
    }
  }

  /** Reads the settings; a variable that is set to the empty text counts as not set. */
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
              required(FAILURE_BUCKET, "the S3 bucket that keeps what is given up on"),
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
              "%s names '%s': expected families of instance types such as m9g, with commas between"
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
                  + " are set:"
                  + " keep the file or the object, so that it is clear which policy counts");
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
