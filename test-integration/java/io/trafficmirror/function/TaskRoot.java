package io.trafficmirror.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Folders of environments: the unpacked package, and scratch space. */
final class TaskRoot {

  private TaskRoot() {}

  /** Creates a temporary folder; the caller deletes it. */
  static Path temporary(String name) {
    try {
      return Files.createTempDirectory(name);
    } catch (IOException e) {
      throw new UncheckedIOException("could not create a temporary folder", e);
    }
  }

  /**
   * Unpacks a package into an existing folder.
   *
   * @throws UncheckedIOException if the package is missing or not a zip file
   */
  static void unpack(Path zip, Path folder) {
    try (ZipFile archive = new ZipFile(zip.toFile())) {
      Enumeration<? extends ZipEntry> all = archive.entries();
      while (all.hasMoreElements()) {
        ZipEntry entry = all.nextElement();
        Path to = folder.resolve(entry.getName()).normalize();
        if (!to.startsWith(folder)) {
          throw new IOException("an entry is outside the package: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(to);
        } else {
          Files.createDirectories(to.getParent());
          Files.copy(archive.getInputStream(entry), to);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not unpack " + zip, e);
    }
  }

  /** Deletes a folder recursively. */
  static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not remove " + folder, e);
    }
  }
}
