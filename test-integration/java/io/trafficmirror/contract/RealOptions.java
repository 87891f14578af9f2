package io.trafficmirror.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What somebody wants of a real account, as system properties say it. */
sealed interface RealOptions {

  /** The properties' common beginning. */
  String PREFIX = "contract.";

  /**
   * Nobody has asked for a real account.
   *
   * @param reason one line for whoever reads the build's output
   */
  record NotAsked(String reason) implements RealOptions {}

  /** Only remove what earlier runs have left behind. */
  record CleanUp() implements RealOptions {}

  /**
   * Run the suite.
   *
   * @param subnetId a subnet with at least 20 free addresses
   * @param imageId an image that both types can run
   * @param supportedType an instance type that can be mirrored
   * @param unsupportedType an instance type that cannot
   * @param runId the value of the tag on everything that the run makes
   */
  record Run(
      String subnetId, String imageId, String supportedType, String unsupportedType, String runId)
      implements RealOptions {}

  /**
   * Reads the properties.
   *
   * @throws IllegalArgumentException when a real account is asked for and something is missing; it
   *     names everything that is
   */
  static RealOptions of(Function<String, Optional<String>> property) {
    Optional<String> world = property.apply(PREFIX + "ec2");
    if (world.isEmpty()) {
      return new NotAsked(
          "The EC2 contract did not run against a real account: nobody asked for it with"
              + " -Dcontract.ec2=real -Dcontract.subnet=subnet-... -Dcontract.image=ami-...");
    }
    List<String> problems = new ArrayList<>();
    if (!world.get().equals("real")) {
      problems.add("-Dcontract.ec2 is '" + world.get() + "'; the only value is 'real'");
    }
    boolean cleanUp = property.apply(PREFIX + "cleanup-only").map(Boolean::valueOf).orElse(false);
    String subnet = cleanUp ? "" : required(property, "subnet", "subnet-", problems);
    String image = cleanUp ? "" : required(property, "image", "ami-", problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return cleanUp
        ? new CleanUp()
        : new Run(
            subnet,
            image,
            property.apply(PREFIX + "type").orElse("t3.nano"),
            property.apply(PREFIX + "unsupported-type").orElse("t2.nano"),
            UUID.randomUUID().toString());
  }

  private static String required(
      Function<String, Optional<String>> property,
      String name,
      String prefix,
      List<String> problems) {
    String value = property.apply(PREFIX + name).orElse("");
    if (!value.startsWith(prefix)) {
      problems.add(
          "-D" + PREFIX + name + "=" + prefix + "... is needed, but it is '" + value + "'");
    }
    return value;
  }
}
