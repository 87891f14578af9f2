package io.trafficmirror.worlds;

import io.trafficmirror.contract.PlainLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.opentest4j.TestAbortedException;

/**
 * Records which worlds ran, in one file each, from which the build prints its last line. A required
 * world that cannot be opened is a failure.
 */
final class WorldReport {

  /** The worlds that must run, separated by commas. */
  static final String REQUIRED_PROPERTY = "worlds.required";

  private static final Path FOLDER = Path.of("target", "worlds");

  private WorldReport() {}

  /** Opens a world and records the result. */
  static World open(String name, Supplier<World> open) {
    World world;
    try {
      world = open.get();
    } catch (TestAbortedException skipped) {
      String reason = String.valueOf(skipped.getMessage());
      writeResult(name, "skipped: " + reason);
      PlainLog.info("world " + name + " did not run: " + reason);
      if (isRequired(name)) {
        throw new AssertionError(
            "world " + name + " is required (-D" + REQUIRED_PROPERTY + "), but: " + reason,
            skipped);
      }
      throw skipped;
    } catch (RuntimeException | AssertionError failed) {
      writeResult(name, "failed: " + firstLine(failed));
      throw failed;
    }
    writeResult(name, "ran");
    return world;
  }

  private static boolean isRequired(String name) {
    return List.of(System.getProperty(REQUIRED_PROPERTY, "").trim().split(" *, *", -1))
        .contains(name);
  }

  private static void writeResult(String name, String outcome) {
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve(name + ".txt"), outcome + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String firstLine(Throwable failed) {
    return String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
  }
}
