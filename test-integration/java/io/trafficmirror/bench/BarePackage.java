package io.trafficmirror.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The package of the bare handler: of the product's it has the SDK, with the clients of EC2 and S3
 * and the HTTP client, and Lambda's types.
 */
final class BarePackage {

  /** What the product has beyond that, with what Kinesis alone needs. */
  private static final Pattern NOT_NEEDED =
      Pattern.compile(
          "lib/(traffic-mirror-pipeline|gson|error_prone_annotations|snakeyaml-engine|jspecify"
              + "|slf4j-jdk14|crac|kinesis|aws-cbor-protocol|third-party-jackson-dataformat-cbor)-.*");

  private BarePackage() {}

  /**
   * Makes it.
   *
   * @param product the product's package
   * @param to the file that it is written to
   */
  static void make(Path product, Path to) {
    try (ZipFile from = new ZipFile(product.toFile());
        ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(to))) {
      for (ZipEntry entry : Collections.list(from.entries())) {
        if (entry.getName().endsWith(".jar") && !NOT_NEEDED.matcher(entry.getName()).matches()) {
          zip.putNextEntry(new ZipEntry(entry.getName()));
          from.getInputStream(entry).transferTo(zip);
        }
      }
      String handler = BareHandler.class.getName().replace('.', '/') + ".class";
      zip.putNextEntry(new ZipEntry(handler));
      try (InputStream bytes = BareHandler.class.getClassLoader().getResourceAsStream(handler)) {
        Objects.requireNonNull(bytes).transferTo(zip);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not make a package of " + product, e);
    }
  }
}
