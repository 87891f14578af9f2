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
 * Builds the deployment package of {@link BareHandler}: of the dependencies of the product, it
 * contains only the Lambda types and the AWS SDK with the EC2, S3 and HTTP clients.
 */
final class BareHandlerPackage {

  /** Parts of the product package that the bare handler does not need. */
  private static final Pattern NOT_NEEDED =
      Pattern.compile(
          "lib/(traffic-mirror-pipeline|gson|error_prone_annotations|snakeyaml-engine|jspecify"
              + "|slf4j-jdk14|crac|kinesis|aws-cbor-protocol|third-party-jackson-dataformat-cbor)-.*");

  private BareHandlerPackage() {}

  /**
   * Builds the package.
   *
   * @param product the package of the product
   * @param to the file to write
   */
  static void build(Path product, Path to) {
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
      throw new UncheckedIOException("cannot build the bare package from " + product, e);
    }
  }
}
