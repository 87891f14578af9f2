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
 * Which worlds ran: one file each, which the build prints in one line at its end. A world that is
 * required and cannot be opened is a failure.
 */
final class Outcomes {

  /** Names the worlds that have to run, with commas between. */
  static final String REQUIRED_PROPERTY = "worlds.required";

  private static final Path FOLDER = Path.of("target", "worlds");

  private Outcomes() {}

  /** Opens a world and notes what came of it. */
  static World opened(String name, Supplier<World> open) {
    World world;
    try {
      world = open.get();
    } catch (TestAbortedException skipped) {
      String reason = String.valueOf(skipped.getMessage());
      note(name, "skipped: " + reason);
      PlainLog.say("world " + name + " did not run: " + reason);
      if (required(name)) {
        throw new AssertionError(
            "world " + name + " is required (-D" + REQUIRED_PROPERTY + "), but: " + reason,
            skipped);
      }
      throw skipped;
    } catch (RuntimeException | AssertionError failed) {
      note(name, "failed: " + firstLine(failed));
      throw failed;
    }
    note(name, "ran");
    return world;
  }

  /** Whether a world has to run. */
  private static boolean required(String name) {
    return List.of(System.getProperty(REQUIRED_PROPERTY, "").trim().split(" *, *", -1))
        .contains(name);
  }

  private static void note(String name, String outcome) {
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
