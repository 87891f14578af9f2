package io.trafficmirror.demo;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
      "The summary is kept in target/demo/summary.json.",
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
      description = "A generated fleet of that size, 1 to 10,000, instead of the shipped one.")
  private @Nullable Integer instances;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Another generated fleet, and another choice of launches and findings.")
  private @Nullable Long seed;

  @Option(
      names = "--dry-run",
      description = "Everything up to the plan; nothing is written to EC2.")
  private boolean dryRun;

  @Option(names = "--json", description = "Only the summary on standard output, as JSON.")
  private boolean json;

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

  boolean json() {
    return json;
  }

  private void check() throws DemoError {
    if (isBlank(inventory) || isBlank(config)) {
      throw new DemoError("--inventory and --config: expected the name of a file, got nothing");
    }
    if (inventory != null && instances != null) {
      throw new DemoError("--inventory and --instances: a fleet is read or generated, not both");
    }
    if (instances != null && (instances < 1 || instances > MAX_INSTANCES)) {
      throw new DemoError("--instances: expected 1 to 10,000, got " + instances);
    }
  }

  private static boolean isBlank(@Nullable Path file) {
    return file != null && file.toString().isBlank();
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

  /**
   * What a run works on.
   *
   * @param inventory the fleet
   * @param policy the mirror policy
   */
  record Inputs(Inventory inventory, PolicyFile policy) {}
}
