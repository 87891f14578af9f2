package io.trafficmirror.terraform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a command and waits until it ends. */
public final class ChildProcess {

  private static final int TAIL_LENGTH = 4_000;

  private ChildProcess() {}

  /**
   * The result of a command.
   *
   * @param exitCode the exit code; -1 if the command was ended at the limit
   * @param output standard output and standard error, interleaved
   */
  public record Result(int exitCode, String output) {

    /** The end of the output, for messages. */
    public String tail() {
      return output.length() <= TAIL_LENGTH
          ? output
          : "…" + output.substring(output.length() - TAIL_LENGTH);
    }
  }

  /**
   * Runs a command and waits for it. Its environment is exactly the one given.
   *
   * @throws AssertionError if it exceeds the limit; the command and its descendants are then ended
   */
  static Result run(
      List<String> command, Path folder, Map<String, String> environment, Duration limit) {
    try {
      Path out = Files.createTempFile("child-", ".out");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        boolean ended = waitFor(process, limit);
        Result result =
            new Result(
                ended ? process.exitValue() : -1, Files.readString(out, StandardCharsets.UTF_8));
        if (!ended) {
          throw new AssertionError(
              String.join(" ", command) + " took longer than " + limit + ":\n" + result.tail());
        }
        return result;
      } finally {
        Files.deleteIfExists(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not run " + command.getFirst(), e);
    }
  }

  private static boolean waitFor(Process process, Duration limit) {
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
      end(process);
      return false;
    } catch (InterruptedException e) {
      end(process);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a child process was running", e);
    }
  }

  /** Ends a process and its descendants. */
  static void end(Process process) {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroy();
    all.forEach(ProcessHandle::destroy);
  }
}
