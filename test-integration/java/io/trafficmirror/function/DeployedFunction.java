package io.trafficmirror.function;

import io.trafficmirror.embedded.LambdaFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A function with one environment per concurrent invocation, started on demand. Idle environments
 * are reused; one that crashed, timed out or failed to initialise is replaced at the next
 * invocation. Safe for use by several threads.
 */
public final class DeployedFunction implements LambdaFunction, AutoCloseable {

  private final FunctionSettings settings;
  private final FunctionOptions options;
  private final Path taskRoot;
  private final ConcurrentLinkedDeque<FunctionProcess> idle = new ConcurrentLinkedDeque<>();
  private final List<FunctionProcess> all = new ArrayList<>();

  private DeployedFunction(FunctionSettings settings, FunctionOptions options, Path taskRoot) {
    this.settings = settings;
    this.options = options;
    this.taskRoot = taskRoot;
  }

  /** Unpacks the package. The first environment starts with the first invocation. */
  public static DeployedFunction of(FunctionSettings settings, FunctionOptions options) {
    Path taskRoot = TaskRoot.temporary("task-");
    TaskRoot.unpack(settings.zip(), taskRoot);
    return new DeployedFunction(settings, options, taskRoot);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Uses the applied timeout, not the caller's; the initialisation of a new environment is not
   * included. If the function did not report an error type, it is Lambda's own: {@code
   * Runtime.ExitError} for a crash, {@code Sandbox.Timedout} for a timeout.
   */
  @Override
  public Result invoke(byte[] event, String requestId, Duration timeout) {
    try {
      return resultOf(answer(event, requestId));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.Failed(
          "Interrupted", "interrupted while " + requestId + " was in progress");
    }
  }

  /** The same with the detailed result. */
  public FunctionAnswer answer(byte[] event, String requestId) throws InterruptedException {
    FunctionProcess environment = environment();
    FunctionAnswer answer = environment.invoke(event, requestId);
    if (environment.isAlive()) {
      idle.addFirst(environment);
    }
    return answer;
  }

  /**
   * A ready environment. Checks idle ones first, because a fatal error ends an environment only
   * after it has been reported.
   */
  private FunctionProcess environment() throws InterruptedException {
    FunctionProcess free = idle.pollFirst();
    while (free != null && free.initialise().isPresent()) {
      free = idle.pollFirst();
    }
    return free == null ? start() : free;
  }

  private FunctionProcess start() {
    FunctionProcess started = FunctionProcess.start(settings, options, taskRoot);
    synchronized (all) {
      all.add(started);
    }
    return started;
  }

  private static Result resultOf(FunctionAnswer answer) {
    return switch (answer) {
      case FunctionAnswer.Answered(byte[] body, Duration took) -> new Result.Returned(body);
      case FunctionAnswer.FunctionError(String type, String message, String body) ->
          new Result.Failed(type, message);
      case FunctionAnswer.InitError(String type, String message) ->
          new Result.Failed(type, message);
      case FunctionAnswer.Crashed(int exitCode, String lastLines) ->
          new Result.Failed("Runtime.ExitError", "exit code " + exitCode + ":\n" + lastLines);
      case FunctionAnswer.TimedOut(Duration after) ->
          new Result.Failed(
              "Sandbox.Timedout", "Task timed out after " + after.toSeconds() + " seconds");
    };
  }

  /** Every environment that was started, including those that have ended, in order. */
  public List<FunctionProcess> environments() {
    synchronized (all) {
      return List.copyOf(all);
    }
  }

  /** The output of all environments, concatenated. */
  public String log() {
    StringBuilder log = new StringBuilder();
    environments().forEach(environment -> log.append(environment.log()));
    return log.toString();
  }

  /** Ends all environments and deletes the unpacked package. */
  @Override
  public void close() {
    environments().forEach(FunctionProcess::close);
    TaskRoot.delete(taskRoot);
  }
}
