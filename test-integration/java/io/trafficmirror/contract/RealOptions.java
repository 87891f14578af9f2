package io.trafficmirror.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The options for a run against a real account, from system properties. */
sealed interface RealOptions {

  /** The common prefix of the properties. */
  String PREFIX = "contract.";

  /**
   * No run against a real account was requested.
   *
   * @param reason one line for the build's output
   */
  record NotRequested(String reason) implements RealOptions {}

  /** Only remove the resources that earlier runs left behind. */
  record CleanUp() implements RealOptions {}

  /**
   * Run the suite.
   *
   * @param subnetId a subnet with at least 20 free addresses
   * @param imageId an image for both instance types
   * @param supportedType an instance type that can be mirrored
   * @param unsupportedType an instance type that cannot be mirrored
   * @param runId the value of the tag on every resource of the run
   */
  record Run(
      String subnetId, String imageId, String supportedType, String unsupportedType, String runId)
      implements RealOptions {}

  /**
   * Reads the properties.
   *
   * @throws IllegalArgumentException if a real account is requested and properties are missing or
   *     invalid; the message names all of them
   */
  static RealOptions of(Function<String, Optional<String>> property) {
    Optional<String> world = property.apply(PREFIX + "ec2");
    if (world.isEmpty()) {
      return new NotRequested(
          "The EC2 contract suite did not run against a real account. To run it, set"
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
          "-D" + PREFIX + name + "=" + prefix + "... is required, but it is '" + value + "'");
    }
    return value;
  }
}
