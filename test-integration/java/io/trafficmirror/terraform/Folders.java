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

  /** Files that Terraform creates in its working directory. */
  private static final Set<String> TERRAFORM_FILES = Set.of(".terraform", ".terraform.lock.hcl");

  private Folders() {}

  /** Creates a temporary folder; the caller deletes it. */
  public static Path temporary() {
    try {
      return Files.createTempDirectory("terraform-");
    } catch (IOException e) {
      throw new UncheckedIOException("could not create a temporary folder", e);
    }
  }

  /** Copies a folder without Terraform's own files: modules, providers, state. */
  static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.sorted().toList()) {
        Path relative = from.relativize(path);
        if (isTerraformFile(relative)) {
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

  private static boolean isTerraformFile(Path relative) {
    for (Path name : relative) {
      if (TERRAFORM_FILES.contains(name.toString())
          || name.toString().startsWith("terraform.tfstate")) {
        return true;
      }
    }
    return false;
  }

  /** Deletes a folder recursively; symbolic links are deleted, not followed. */
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
