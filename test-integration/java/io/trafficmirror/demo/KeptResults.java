package io.trafficmirror.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files with the results of the last run. A run that cannot keep its results has printed them
 * before, and ends as it would have ended otherwise.
 *
 * @param directory where they are
 * @param err for what goes wrong
 */
record KeptResults(Path directory, PrintStream err) {

  private Path summary() {
    return directory.resolve(Demo.SUMMARY);
  }

  /** The file with the result of each instance. */
  Path instances() {
    return directory.resolve(Demo.INSTANCES);
  }

  /** Deletes those of the run before, so that they do not pass for those of an interrupted run. */
  void delete() {
    for (Path file : List.of(summary(), instances())) {
      try {
        if (Files.exists(file)) {
          Files.delete(file);
        }
      } catch (IOException e) {
        err.println("demo: " + file + " is still that of an earlier run: " + e);
      }
    }
  }

  /** Writes those of this run. */
  void write(Summary summary) {
    try {
      Files.createDirectories(directory);
      Files.writeString(summary(), summary.toJson());
      Files.writeString(instances(), InstancesCsv.of(summary.instances()));
    } catch (IOException e) {
      err.println("demo: the results cannot be kept in " + directory + ": " + e);
    }
  }
}
