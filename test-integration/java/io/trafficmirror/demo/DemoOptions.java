package io.trafficmirror.demo;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command line of the demo. */
@Command(
    name = "./demo",
    version = "traffic-mirror-pipeline demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 96,
    description = {
      "",
      "Mirrors a fleet on embedded AWS with the real handler, for all three use cases, and"
          + " compares",
      "the sessions with an expectation computed by independent code. Makes no connections to"
          + " other",
      "machines.",
      ""
    },
    footer = {
      "",
      "Saves the summary in target/demo/summary.json and the instances in"
          + " target/demo/instances.csv.",
      "Exit code: 0 no discrepancies; 1 a session is missed, wrong or doubled, or the run failed;",
      "2 invalid option or file; 3 the build failed or there is no JDK."
    })
final class DemoOptions {

  /** The maximum size of a generated fleet; the quota of an account is 10,000 sessions. */
  static final int MAX_INSTANCES = 10_000;

  @Option(
      names = "--inventory",
      paramLabel = "FILE",
      description =
          "A fleet, the output of 'aws ec2 describe-instances'. Default: the shipped fleet of 1,000"
              + " instances.")
  private @Nullable Path inventory;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "A mirror policy, whose targets and filters are created in embedded AWS. Default: the"
              + " shipped policy.")
  private @Nullable Path config;

  @Option(
      names = "--instances",
      paramLabel = "N",
      converter = FleetSize.class,
      description = "Generates a fleet of this size, 1 to 10,000, instead of the shipped one.")
  private @Nullable Integer instances;

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = Seed.class,
      description = "The random seed of the generated fleet, the launches and the findings.")
  private @Nullable Long seed;

  @Option(
      names = "--dry-run",
      description =
          "Plans without writing to EC2. With --inventory: only the effect of the policy on that"
              + " fleet, without launches and findings.")
  private boolean dryRun;

  @Option(
      names = "--json",
      description =
          "Prints only the summary, as JSON. Its last key, 'instances', contains each instance with"
              + " its session or the reason why it has none.")
  private boolean json;

  @Option(names = "--csv", description = "Prints only the instances, as CSV with a header line.")
  private boolean csv;

  /** Loads the fleet and the policy. */
  Inputs inputs() throws DemoError {
    check();
    return new Inputs(fleet(), PolicyFile.load(config));
  }

  /** The random seed. */
  long seed() {
    return seed == null ? 1 : seed;
  }

  boolean dryRun() {
    return dryRun;
  }

  /** Whether to plan for the given fleet only, without launches and findings. */
  boolean fleetOnly() {
    return dryRun && inventory != null;
  }

  boolean json() {
    return json;
  }

  boolean csv() {
    return csv;
  }

  private void check() throws DemoError {
    if (json && csv) {
      throw new DemoError("--json and --csv are mutually exclusive");
    }
    requireName("--inventory", inventory);
    requireName("--config", config);
    if (inventory != null && instances != null) {
      throw new DemoError("--inventory and --instances are mutually exclusive");
    }
  }

  private static void requireName(String option, @Nullable Path file) throws DemoError {
    if (file != null && file.toString().isBlank()) {
      throw new DemoError(option + ": expected a file name, got nothing");
    }
  }

  private Inventory fleet() throws DemoError {
    if (inventory != null) {
      return Inventory.parse(inventory.toString(), TextFile.read(inventory));
    }
    if (instances == null && seed == null) {
      return Inventory.parse(DemoFiles.FLEET, DemoFiles.text(DemoFiles.FLEET));
    }
    int size = instances == null ? 1_000 : instances;
    return Inventory.parse("generated fleet", FleetGenerator.generate(size, seed()));
  }

  /** Converts and checks {@code --instances}. */
  private static final class FleetSize implements ITypeConverter<Integer> {
    private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");

    @Override
    public Integer convert(String value) {
      int size = DIGITS.matcher(value).matches() ? Integer.parseInt(value) : 0;
      if (size < 1 || size > MAX_INSTANCES) {
        throw new TypeConversionException(
            String.format(
                Locale.ROOT,
                "expected a whole number from 1 to %,d, got '%s'",
                MAX_INSTANCES,
                value));
      }
      return size;
    }
  }

  /** Converts and checks {@code --seed}. Any number of 18 digits fits into a long. */
  private static final class Seed implements ITypeConverter<Long> {
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

    @Override
    public Long convert(String value) {
      if (!NUMBER.matcher(value).matches()) {
        throw new TypeConversionException(
            "expected a whole number of at most 18 digits, got '" + value + "'");
      }
      return Long.valueOf(value);
    }
  }

  /**
   * The inputs of a run.
   *
   * @param inventory the fleet
   * @param policy the mirror policy
   */
  record Inputs(Inventory inventory, PolicyFile policy) {}
}
