package io.trafficmirror.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The result files of the last run. A failure to write them does not affect the exit code, because
 * the results were already printed.
 *
 * @param directory the directory of the files
 * @param err receives errors
 */
record ResultFiles(Path directory, PrintStream err) {

  private Path summary() {
    return directory.resolve(Demo.SUMMARY);
  }

  /** The file with the result of each instance. */
  Path instances() {
    return directory.resolve(Demo.INSTANCES);
  }

  /**
   * Deletes the files of the previous run, so that an interrupted run does not leave them behind.
   */
  void delete() {
    for (Path file : List.of(summary(), instances())) {
      try {
        if (Files.exists(file)) {
          Files.delete(file);
        }
      } catch (IOException e) {
        err.println("demo: " + file + " is from an earlier run and cannot be deleted: " + e);
      }
    }
  }

  /** Writes the files of this run. */
  void write(Summary summary) {
    try {
      Files.createDirectories(directory);
      Files.writeString(summary(), summary.toJson());
      Files.writeString(instances(), InstancesCsv.of(summary.instances()));
    } catch (IOException e) {
      err.println("demo: cannot save the results in " + directory + ": " + e);
    }
  }
}
