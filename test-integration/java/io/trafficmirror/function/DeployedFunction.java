package io.trafficmirror.function;

import io.trafficmirror.embedded.LambdaFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A function in as many environments as there are invocations at once, started on demand: an idle
 * one is used again, one that crashed, timed out or never came up is replaced with the next
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

  /** Unpacks the package; the first environment starts with the first invocation. */
  public static DeployedFunction of(FunctionSettings settings, FunctionOptions options) {
    Path taskRoot = TaskRoot.temporary("task-");
    TaskRoot.unpack(settings.zip(), taskRoot);
    return new DeployedFunction(settings, options, taskRoot);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The applied timeout counts, not the caller's; the initialisation of a new environment comes
   * on top. The error types are Lambda's own where the function did not report one: {@code
   * Runtime.ExitError} for a crash, {@code Sandbox.Timedout} for a time-out.
   */
  @Override
  public Result invoke(byte[] event, String requestId, Duration timeout) {
    try {
      return resultOf(answer(event, requestId));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.Failed("Interrupted", "interrupted while " + requestId + " was under way");
    }
  }

  /** The same with everything that is known about the answer. */
  public FunctionAnswer answer(byte[] event, String requestId) throws InterruptedException {
    FunctionProcess environment = environment();
    FunctionAnswer answer = environment.invoke(event, requestId);
    if (environment.isAlive()) {
      idle.addFirst(environment);
    }
    return answer;
  }

  /** One that asks for an event; a fatal error ends an environment only after its answer. */
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

  /** Every environment that was started, those that have ended as well, in order. */
  public List<FunctionProcess> environments() {
    synchronized (all) {
      return List.copyOf(all);
    }
  }

  /** What all environments have printed, one after the other. */
  public String log() {
    StringBuilder log = new StringBuilder();
    environments().forEach(environment -> log.append(environment.log()));
    return log.toString();
  }

  /** Ends all environments. */
  @Override
  public void close() {
    environments().forEach(FunctionProcess::close);
    TaskRoot.delete(taskRoot);
  }
}
