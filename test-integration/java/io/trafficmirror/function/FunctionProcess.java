package io.trafficmirror.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One execution environment: the package under AWS's Lambda runtime interface client in its own
 * JVM, connected to a {@link RuntimeApi}. As in Lambda, it processes one invocation at a time;
 * concurrent callers wait. An ended environment cannot be restarted; {@link DeployedFunction}
 * starts another.
 */
public final class FunctionProcess implements AutoCloseable {

  private static final int LAST_LINES = 20;

  private final FunctionSettings settings;
  private final FunctionOptions options;
  private final BlockingQueue<Signal> signals;
  private final RuntimeApi api;
  private final Process process;
  private final CompletableFuture<Void> exit;
  private final Path log;
  private final List<Path> ownFolders;
  private final long startedNanos;
  private final AtomicBoolean ended = new AtomicBoolean();
  private boolean ready;
  private boolean checkpointed;
  private long readyNanos;
  private long peakMegabytes = -1;

  private FunctionProcess(
      FunctionSettings settings, FunctionOptions options, Path taskRoot, List<Path> ownFolders)
      throws IOException {
    this.settings = settings;
    this.options = options;
    this.ownFolders = ownFolders;
    this.signals = new LinkedBlockingQueue<>();
    Files.createDirectories(options.logs());
    this.log = Files.createTempFile(options.logs(), settings.name() + "-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(JvmCommand.of(settings, options, ownFolders.getFirst()))
            .directory(taskRoot.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    this.api = RuntimeApi.start(signals::add);
    builder.environment().clear();
    builder.environment().putAll(LambdaEnvironment.of(settings, options.start(), taskRoot, api));
    this.startedNanos = System.nanoTime();
    try {
      this.process = builder.start();
    } catch (IOException e) {
      api.close();
      throw e;
    }
    this.exit =
        process.onExit().thenAccept(ended -> signals.add(new Signal.Exited(ended.exitValue())));
  }

  /** The reason why functions cannot run on this machine; empty if they can. */
  public static Optional<String> unsupportedReason() {
    return JvmCommand.unsupportedReason();
  }

  /**
   * Unpacks the package and starts the process without waiting for its initialisation.
   *
   * @throws UncheckedIOException if the package or the JDK cannot be used
   */
  public static FunctionProcess start(FunctionSettings settings, FunctionOptions options) {
    Path taskRoot = TaskRoot.temporary("task-");
    TaskRoot.unpack(settings.zip(), taskRoot);
    return start(settings, options, taskRoot, List.of(TaskRoot.temporary("scratch-"), taskRoot));
  }

  /** The same with a package that is already unpacked, and that is not deleted. */
  static FunctionProcess start(FunctionSettings settings, FunctionOptions options, Path taskRoot) {
    return start(settings, options, taskRoot, List.of(TaskRoot.temporary("scratch-")));
  }

  private static FunctionProcess start(
      FunctionSettings settings, FunctionOptions options, Path taskRoot, List<Path> ownFolders) {
    try {
      return new FunctionProcess(settings, options, taskRoot, ownFolders);
    } catch (IOException e) {
      ownFolders.forEach(TaskRoot::delete);
      throw new UncheckedIOException("could not start " + settings.name(), e);
    }
  }

  /**
   * Waits until the environment requests an event or, if it starts from a snapshot, until the
   * snapshot would be taken. Can be repeated.
   *
   * @return the failure; empty on success
   */
  public synchronized Optional<FunctionAnswer> initialise() throws InterruptedException {
    if (ready || checkpointed) {
      return Optional.empty();
    }
    Optional<FunctionAnswer> failed = interpret(poll(initialisationDeadline()));
    if (failed.isPresent()) {
      end();
    }
    return failed.isPresent() ? failed : initialise();
  }

  /** Invokes the function with a random request id; see {@link #invoke(byte[], String)}. */
  public FunctionAnswer invoke(byte[] event) throws InterruptedException {
    return invoke(event, UUID.randomUUID().toString());
  }

  /**
   * Invokes the function once. The first invocation waits for the initialisation, which does not
   * count against the timeout, and restores the environment if it starts from a snapshot. After
   * every result except {@link FunctionAnswer.Answered} and {@link FunctionAnswer.FunctionError},
   * the environment has ended.
   *
   * @param event JSON
   * @param requestId the request id
   */
  public synchronized FunctionAnswer invoke(byte[] event, String requestId)
      throws InterruptedException {
    Optional<FunctionAnswer> failed = awaitReady();
    if (failed.isPresent()) {
      return failed.get();
    }
    ready = false;
    long sentAt = System.nanoTime();
    api.offer(
        new Invocation(requestId, event, Instant.now().plus(settings.timeout()), settings.arn()));
    FunctionAnswer answer = answerTo(sentAt);
    recordPeakMemory();
    return switch (answer) {
      case FunctionAnswer.Answered answered -> answered;
      case FunctionAnswer.FunctionError error -> error;
      case FunctionAnswer.InitError error -> ended(error);
      case FunctionAnswer.Crashed crashed -> ended(crashed);
      case FunctionAnswer.TimedOut timedOut -> ended(timedOut);
    };
  }

  private FunctionAnswer ended(FunctionAnswer answer) {
    end();
    return answer;
  }

  private Optional<FunctionAnswer> awaitReady() throws InterruptedException {
    Optional<FunctionAnswer> failed = initialise();
    if (failed.isEmpty() && checkpointed) {
      checkpointed = false;
      api.restore();
      failed = initialise();
    }
    return failed;
  }

  /** The deadline: counted from the start for the first event, from now for later ones. */
  private long initialisationDeadline() {
    long from = readyNanos == 0 ? startedNanos : System.nanoTime();
    return from + options.initialisationTime().toNanos();
  }

  /** The failure that a signal before an invocation means; empty if it is none. */
  private Optional<FunctionAnswer> interpret(Optional<Signal> signal) {
    if (signal.isEmpty()) {
      recordPeakMemory();
      return Optional.of(
          new FunctionAnswer.InitError(
              "Sandbox.Timedout",
              "the initialisation took longer than " + options.initialisationTime()));
    }
    return switch (signal.get()) {
      case Signal.Ready asks -> {
        ready = true;
        readyNanos = readyNanos == 0 ? asks.nanos() : readyNanos;
        yield Optional.empty();
      }
      case Signal.Checkpointed waits -> {
        checkpointed = true;
        yield Optional.empty();
      }
      case Signal.InitFailed(String type, String message) ->
          Optional.of(new FunctionAnswer.InitError(type, message));
      case Signal.Exited(int code) -> Optional.of(crashed(code));
      // Cannot occur: an environment whose invocation timed out was ended.
      case Signal.Answered late -> Optional.empty();
      case Signal.Failed late -> Optional.empty();
    };
  }

  private FunctionAnswer answerTo(long sentAt) throws InterruptedException {
    long end = sentAt + settings.timeout().toNanos();
    while (true) {
      Optional<Signal> signal = poll(end);
      if (signal.isEmpty()) {
        return new FunctionAnswer.TimedOut(settings.timeout());
      }
      switch (signal.get()) {
        case Signal.Answered(String id, byte[] body, long nanos) -> {
          return new FunctionAnswer.Answered(body, Duration.ofNanos(nanos - sentAt));
        }
        case Signal.Failed(String id, String type, String message, String body) -> {
          return new FunctionAnswer.FunctionError(type, message, body);
        }
        case Signal.Exited(int code) -> {
          return crashed(code);
        }
        // The environment requests another event without responding to the current one; Lambda
        // keeps waiting too.
        case Signal.Ready odd -> ready = true;
        case Signal.Checkpointed odd -> {}
        case Signal.InitFailed odd -> {}
      }
    }
  }

  private Optional<Signal> poll(long endNanos) throws InterruptedException {
    long left = Math.max(0, endNanos - System.nanoTime());
    return Optional.ofNullable(signals.poll(left, TimeUnit.NANOSECONDS));
  }

  private FunctionAnswer crashed(int code) {
    List<String> lines = log().lines().toList();
    return new FunctionAnswer.Crashed(
        code,
        String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())));
  }

  /** The time from the start of the process to its request for the first event. */
  public synchronized Duration initialisationDuration() {
    return Duration.ofNanos(readyNanos - startedNanos);
  }

  /** Whether the process is running. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** The number of times that the credentials endpoint served this environment. */
  public int credentialsServed() {
    return api.credentialsServed();
  }

  /** The output so far, standard output and standard error. */
  public String log() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + log, e);
    }
  }

  /**
   * The peak resident memory of the process in MB, which is {@code VmHWM} on Linux; -1 if unknown.
   * After the process has ended, it is the value at the last response.
   */
  public synchronized long peakMemoryMegabytes() {
    recordPeakMemory();
    return peakMegabytes;
  }

  /** The CPU time that the process has used so far; zero if unknown. */
  public Duration cpuTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private void recordPeakMemory() {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!process.isAlive() || !Files.isReadable(status)) {
      return;
    }
    try {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM:")) {
          peakMegabytes = Long.parseLong(line.replaceAll("\\D", "")) / 1_024;
        }
      }
    } catch (IOException gone) {
      // The process has ended; the last value remains.
    }
  }

  /** Kills the process, as Lambda does. Can be repeated. */
  @Override
  public void close() {
    end();
  }

  private void end() {
    if (ended.compareAndSet(false, true)) {
      process.destroyForcibly();
      exit.join();
      api.close();
      ownFolders.forEach(TaskRoot::delete);
    }
  }
}
