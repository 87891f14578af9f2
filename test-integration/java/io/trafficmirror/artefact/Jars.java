package io.trafficmirror.artefact;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** The contents of the package's jars. */
final class Jars {

  /** The package that the build creates. */
  static final Path PACKAGE =
      Path.of(System.getProperty("artifact.zip", "target/traffic-mirror-pipeline.zip"));

  private Jars() {}

  /** The entries of every jar without directories, by the jar's file name. */
  static SortedMap<String, SortedMap<String, byte[]>> all() {
    SortedMap<String, SortedMap<String, byte[]>> jars = new TreeMap<>();
    try (ZipFile zip = new ZipFile(PACKAGE.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (entry.getName().endsWith(".jar")) {
          try (InputStream bytes = zip.getInputStream(entry)) {
            jars.put(entry.getName().substring("lib/".length()), contents(bytes.readAllBytes()));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + PACKAGE, e);
    }
    return jars;
  }

  /** A file at the top of the package. */
  static String text(String name) {
    try (ZipFile zip = new ZipFile(PACKAGE.toFile());
        InputStream bytes = zip.getInputStream(zip.getEntry(name))) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + name + " of " + PACKAGE, e);
    }
  }

  /** A jar's name without its version. */
  static String nameOf(String file) {
    return file.replaceFirst("-\\d.*", "");
  }

  /** The entries of a jar by name; classes without their bytes, because their names suffice. */
  private static SortedMap<String, byte[]> contents(byte[] jar) throws IOException {
    SortedMap<String, byte[]> entries = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.isDirectory()) {
          boolean isClass = entry.getName().endsWith(".class");
          entries.put(entry.getName(), isClass ? new byte[0] : in.readAllBytes());
        }
      }
    }
    return entries;
  }

  /** The entries that a class loader would find as classes. */
  static Map<String, byte[]> classes(Map<String, byte[]> entries) {
    Map<String, byte[]> classes = new TreeMap<>(entries);
    classes
        .keySet()
        .removeIf(
            name ->
                !name.endsWith(".class")
                    || name.endsWith("module-info.class")
                    || name.startsWith("META-INF/"));
    return classes;
  }
}
