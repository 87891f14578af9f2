package io.trafficmirror.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The test handlers as a deployment package, and functions with it. */
final class TestPackage {

  private TestPackage() {}

  /** Writes the package into a folder. */
  static Path in(Path folder) {
    Path zip = folder.resolve("tiny.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Path file : classFiles()) {
        out.putNextEntry(new ZipEntry("io/trafficmirror/function/" + file.getFileName()));
        Files.copy(file, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + zip, e);
    }
    return zip;
  }

  /** A function with one of the handlers, a timeout of two seconds and 256 MB. */
  static FunctionSettings function(Path zip, Class<?> handler) {
    return new FunctionSettings(
        "tiny",
        "arn:aws:lambda:eu-central-1:111122223333:function:tiny:live",
        "7",
        zip,
        handler.getName() + "::handleRequest",
        "java21",
        Map.of("SETTING", "a value"),
        256,
        Duration.ofSeconds(2));
  }

  private static List<Path> classFiles() throws IOException {
    try {
      Path classes =
          Path.of(TestHandlers.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> all = Files.list(classes.resolve("io/trafficmirror/function"))) {
        return all.filter(file -> file.getFileName().toString().startsWith("TestHandlers"))
            .sorted()
            .toList();
      }
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
