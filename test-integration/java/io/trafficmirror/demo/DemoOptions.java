package io.trafficmirror.demo;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What can be asked for on the command line. */
@Command(
    name = "./demo",
    version = "traffic-mirror-pipeline demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 96,
    description = {
      "",
      "Mirrors a fleet on this machine: embedded AWS, the real handler, all three use cases,",
      "and a verdict by code that shares nothing with the product. Nothing leaves the machine.",
      ""
    },
    footer = {
      "",
      "The summary is kept in target/demo/summary.json, the instances in"
          + " target/demo/instances.csv.",
      "Exit code: 0 all is well; 1 something is missed, wrong or doubled, or the run did not end"
          + " as",
      "it should; 2 a wrong option or a broken file; 3 the build or the JDK is missing."
    })
final class DemoOptions {

  /** The most instances of a generated fleet: AWS gives an account 10,000 sessions. */
  static final int MAX_INSTANCES = 10_000;

  @Option(
      names = "--inventory",
      paramLabel = "FILE",
      description =
          "A fleet, as 'aws ec2 describe-instances' prints it. Without it: the shipped one of 1,000"
              + " instances.")
  private @Nullable Path inventory;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "A mirror policy. The targets and filters that it names are made for it. Without it: the"
              + " shipped one.")
  private @Nullable Path config;

  @Option(
      names = "--instances",
      paramLabel = "N",
      converter = FleetSize.class,
      description = "A generated fleet of that size, 1 to 10,000, instead of the shipped one.")
  private @Nullable Integer instances;

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = Seed.class,
      description = "Another generated fleet, and another choice of launches and findings.")
  private @Nullable Long seed;

  @Option(
      names = "--dry-run",
      description =
          "Everything up to the plan; nothing is written to EC2. With --inventory: what the policy"
              + " would do with that fleet, and nothing else.")
  private boolean dryRun;

  @Option(
      names = "--json",
      description =
          "Only the summary on standard output, as JSON; its last key, 'instances', has each"
              + " instance with its session or the reason why it has none.")
  private boolean json;

  @Option(
      names = "--csv",
      description = "Only those instances on standard output, as CSV with a header line.")
  private boolean csv;

  /** The fleet and the policy that the options name. */
  Inputs inputs() throws DemoError {
    check();
    return new Inputs(fleet(), PolicyFile.load(config));
  }

  /** The seed of everything that is chosen by chance. */
  long seed() {
    return seed == null ? 1 : seed;
  }

  boolean dryRun() {
    return dryRun;
  }

  /** Whether somebody asks what would become of their fleet, and nothing should be invented. */
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
      throw new DemoError("--json and --csv: standard output takes one of them, not both");
    }
    requireName("--inventory", inventory);
    requireName("--config", config);
    if (inventory != null && instances != null) {
      throw new DemoError("--inventory and --instances: a fleet is read or generated, not both");
    }
  }

  private static void requireName(String option, @Nullable Path file) throws DemoError {
    if (file != null && file.toString().isBlank()) {
      throw new DemoError(option + ": expected the name of a file, got nothing");
    }
  }

  private Inventory fleet() throws DemoError {
    if (inventory != null) {
      return Inventory.parse(inventory.toString(), TextFile.read(inventory));
    }
    if (instances == null && seed == null) {
      return Inventory.parse(Shipped.FLEET, Shipped.text(Shipped.FLEET));
    }
    int size = instances == null ? 1_000 : instances;
    return Inventory.parse("generated fleet", FleetGenerator.generate(size, seed()));
  }

  /** How many instances somebody asks for. */
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

  /** What chance starts from; 18 digits are as many as fit in any case. */
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
   * What a run works on.
   *
   * @param inventory the fleet
   * @param policy the mirror policy
   */
  record Inputs(Inventory inventory, PolicyFile policy) {}
}
