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
 * A mirror policy that the product's parser accepts. {@link WantedPolicy} interprets it a second
 * time, independently.
 *
 * @param name the name of the file
 * @param text its content, as the function reads it
 * @param policy the interpretation of the product
 * @param wanted the interpretation for the verdict
 * @param warnings warnings for its author, one line each
 * @param isShipped whether it is the policy that comes with the demo, whatever its name
 */
record PolicyFile(
    String name,
    String text,
    PolicySet policy,
    WantedPolicy wanted,
    List<String> warnings,
    boolean isShipped) {

  PolicyFile {
    warnings = List.copyOf(warnings);
  }

  /**
   * Loads the file, or the shipped policy if {@code file} is null.
   *
   * @throws DemoError with all problems that the product's parser finds
   */
  static PolicyFile load(@Nullable Path file) throws DemoError {
    return file == null
        ? parse(DemoFiles.POLICY, DemoFiles.bytes(DemoFiles.POLICY), true)
        : parse(file.toString(), TextFile.bytes(file));
  }

  /**
   * Parses a policy other than the shipped one.
   *
   * @throws DemoError with all problems that the product's parser finds
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
                      Stream.of("invalid policy:"),
                      invalid.problems().stream().map(Problem::toString))
                  .collect(Collectors.joining(System.lineSeparator())));
    };
  }
}
