package io.trafficmirror.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Recomputes the digest that the build writes beside the package, from the definition in {@code
 * terraform/package.tf}. If the two differed, Terraform would reject every package.
 */
class PackageInputsIT {
  private static final Path DEFINITION = Path.of("terraform", "package.tf");

  @Test
  void buildAndTerraformDigestTheSameFiles() throws IOException {
    Path written = Path.of(System.getProperty("artifact.zip", "") + ".inputs.sha256");

    assertThat(written).content().isEqualTo(digestOf(inputs()) + "\n");
  }

  @Test
  void inputsIncludeEverythingThatGoesIntoThePackage() throws IOException {
    assertThat(inputs())
        .contains("LICENSE", "pom.xml", "src/main/assembly/function.xml")
        .contains("src/main/java/io/trafficmirror/lambda/StreamHandler.java");
  }

  private static List<String> inputs() throws IOException {
    String definition = Files.readString(DEFINITION);
    TreeSet<String> paths = new TreeSet<>();
    Matcher single =
        Pattern.compile("\"([^\"]+)\"").matcher(only("concat\\(\\[(.*?)]", definition));
    while (single.find()) {
      paths.add(single.group(1));
    }
    String directory =
        only("fileset\\(\"\\$\\{local\\.sources}/(.*?)\", \"\\*\\*\"\\)", definition);
    try (Stream<Path> files = Files.walk(Path.of(directory))) {
      files
          .filter(Files::isRegularFile)
          .map(path -> path.toString().replace('\\', '/'))
          .filter(path -> !path.contains("/."))
          .forEach(paths::add);
    }
    return List.copyOf(paths);
  }

  private static String only(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern + " in " + DEFINITION).isTrue();
    return matcher.group(1);
  }

  private static String digestOf(List<String> paths) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String path : paths) {
      lines
          .append(sha256(Files.readAllBytes(Path.of(path))))
          .append("  ")
          .append(path)
          .append('\n');
    }
    return sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
