package io.trafficmirror.demo;

import io.trafficmirror.mirror.PolicySet;
import io.trafficmirror.policy.PolicyParser;
import io.trafficmirror.policy.PolicyResult;
import io.trafficmirror.policy.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mirror policy without an error in it, by the judgement of the product's parser; what it means
 * is read a second time, by {@link WantedPolicy}.
 *
 * @param name how it is called
 * @param text its content, as the function gets it
 * @param policy what it means to the product
 * @param wanted what it means to the verdict
 * @param warnings what its author should know, one line each
 * @param isShipped whether it is the one that comes with the demo, whatever its name
 */
record PolicyFile(
    String name,
    String text,
    PolicySet policy,
    WantedPolicy wanted,
    List<String> warnings,
    boolean isShipped) {

  /** Copies the list. */
  PolicyFile {
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads the file, or the shipped policy where none is named.
   *
   * @throws DemoError with every problem that the product's parser finds
   */
  static PolicyFile load(@Nullable Path file) throws DemoError {
    return file == null
        ? parse(Shipped.POLICY, Shipped.bytes(Shipped.POLICY), true)
        : parse(file.toString(), TextFile.bytes(file));
  }

  /**
   * Reads a policy that somebody wrote.
   *
   * @throws DemoError with every problem that the product's parser finds
   */
  static PolicyFile parse(String name, byte[] content) throws DemoError {
    return parse(name, content, false);
  }

  private static PolicyFile parse(String name, byte[] content, boolean isShipped) throws DemoError {
    return switch (PolicyParser.parse(name, content)) {
      case PolicyResult.Valid valid -> {
        String text = new String(content, StandardCharsets.UTF_8);
        yield new PolicyFile(
            name,
            text,
            valid.policy(),
            WantedPolicy.parse(text),
            valid.warnings().stream().map(Problem::toString).toList(),
            isShipped);
      }
      case PolicyResult.Invalid invalid ->
          throw new DemoError(
              Stream.concat(
                      Stream.of("the policy cannot be used:"),
                      invalid.problems().stream().map(Problem::toString))
                  .collect(Collectors.joining(System.lineSeparator())));
    };
  }
}
