package io.trafficmirror.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Inputs that once exposed a bug: one file per input, with a descriptive name, in {@code
 * src/test/resources/fuzz/<target>/}. A new finding is written to {@code
 * target/fuzz-findings/<target>/}; give it a name and move it to the corpus.
 *
 * @param target the name of the folder
 */
public record Corpus(String target) {

  private static final Path FINDINGS = Path.of("target", "fuzz-findings");
  private static final Path STORED = Path.of("src", "test", "resources", "fuzz");

  /** The inputs of the corpus by file name. */
  public Map<String, byte[]> inputs() {
    Map<String, byte[]> inputs = new TreeMap<>();
    try (Stream<Path> files = Files.list(STORED.resolve(target))) {
      for (Path file : files.toList()) {
        inputs.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the corpus of " + target + " cannot be read", e);
    }
    return inputs;
  }

  /**
   * Runs the check, which returns the kind of its input, on the whole corpus; throws with a list of
   * the inputs that failed.
   */
  public void replay(Function<byte[], String> check) {
    List<String> failed = new ArrayList<>();
    inputs()
        .forEach(
            (name, input) -> {
              try {
                if (check.apply(input).isEmpty()) {
                  failed.add(name + ": the check returned no kind");
                }
              } catch (RuntimeException | Error e) {
                failed.add(name + ": " + e);
              }
            });
    if (!failed.isEmpty()) {
      throw new AssertionError(String.join("\n", failed));
    }
  }

  /**
   * Runs the check, which returns the kind of its input; an input that fails is stored in a file.
   */
  public String check(byte[] input, Function<byte[], String> check) {
    try {
      return check.apply(input);
    } catch (RuntimeException | Error e) {
      throw new AssertionError("the input is in " + store(input), e);
    }
  }

  private Path store(byte[] input) {
    try {
      Path folder = Files.createDirectories(FINDINGS.resolve(target));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(input);
      String name = HexFormat.of().formatHex(digest).substring(0, 16);
      return Files.write(folder.resolve(name), input);
    } catch (IOException e) {
      throw new UncheckedIOException("a finding cannot be written", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
