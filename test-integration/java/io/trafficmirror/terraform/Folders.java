package io.trafficmirror.terraform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Copies and removes folders. */
public final class Folders {

  /** What Terraform leaves in a folder that a person has worked in. */
  private static final Set<String> LEFT_BY_TERRAFORM = Set.of(".terraform", ".terraform.lock.hcl");

  private Folders() {}

  /** A new folder, for the caller to remove. */
  public static Path temporary() {
    try {
      return Files.createTempDirectory("terraform-");
    } catch (IOException e) {
      throw new UncheckedIOException("no room for a temporary folder", e);
    }
  }

  /** Copies a folder without what Terraform has left in it: modules, providers, state, plans. */
  static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.sorted().toList()) {
        Path relative = from.relativize(path);
        if (isLeftByTerraform(relative)) {
          continue;
        }
        Path target = to.resolve(relative.toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not copy " + from + " to " + to, e);
    }
  }

  private static boolean isLeftByTerraform(Path relative) {
    for (Path name : relative) {
      if (LEFT_BY_TERRAFORM.contains(name.toString())
          || name.toString().startsWith("terraform.tfstate")) {
        return true;
      }
    }
    return false;
  }

  /** Removes a folder with everything in it; links are removed, not followed. */
  public static void delete(Path folder) {
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
