package io.trafficmirror.artefact;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.lambda.StreamHandler;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The function's package as the build creates it. */
class PackageIT {

  private static final Path PACKAGE =
      Path.of(System.getProperty("artifact.zip", "target/traffic-mirror-pipeline.zip"));

  @Test
  void isSmallEnoughForADirectUpload() throws IOException {
    assertThat(Files.size(PACKAGE)).isLessThan(40L * 1024 * 1024);
  }

  @Test
  void everyEntryHasTheSameTimeSoThatBuildsAreReproducible() throws IOException {
    assertThat(entries().stream().map(ZipEntry::getTime).distinct()).hasSize(1);
  }

  @Test
  void containsJarsUnderLibAndNoTests() throws IOException {
    List<String> names = entries().stream().map(ZipEntry::getName).toList();
    assertThat(names)
        .allMatch(name -> name.matches("lib/([^/]+\\.jar)?|LICENSE|THIRD-PARTY\\.txt"))
        .doesNotHaveDuplicates()
        .anyMatch(name -> name.startsWith("lib/traffic-mirror-pipeline"))
        .noneMatch(name -> name.matches(".*(junit|jqwik|assertj|event-ruler|picocli|netty).*"));
  }

  @Test
  void handlerStartsFromThePackageAlone(@TempDir Path folder) throws Exception {
    List<String> classpath = new ArrayList<>();
    try (ZipFile zip = new ZipFile(PACKAGE.toFile())) {
      for (ZipEntry entry : entries()) {
        if (entry.getName().endsWith(".jar")) {
          Path jar = folder.resolve(Path.of(entry.getName()).getFileName());
          Files.copy(zip.getInputStream(entry), jar);
          classpath.add(jar.toString());
        }
      }
    }
    Path probe = folder.resolve("probe");
    copyProbe(probe);
    classpath.add(probe.toString());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                String.join(File.pathSeparator, classpath),
                HandlerProbe.class.getName(),
                StreamHandler.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output)
        .as("without settings, it logs which are missing and does not throw")
        .contains("MIRROR_DEPLOYMENT is not set", "InitialisationFailures");
  }

  private static void copyProbe(Path folder) throws IOException {
    String name = HandlerProbe.class.getName().replace('.', '/') + ".class";
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    try (InputStream bytes = HandlerProbe.class.getResourceAsStream("HandlerProbe.class")) {
      Files.copy(Objects.requireNonNull(bytes), file);
    }
  }

  private static List<ZipEntry> entries() throws IOException {
    List<ZipEntry> entries = new ArrayList<>();
    try (ZipFile zip = new ZipFile(PACKAGE.toFile())) {
      Enumeration<? extends ZipEntry> all = zip.entries();
      while (all.hasMoreElements()) {
        entries.add(all.nextElement());
      }
    }
    return entries;
  }
}
