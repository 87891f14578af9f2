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
 * One execution environment: the package under AWS's Lambda runtime interface client in a JVM of
 * its own; it speaks to a runtime API of ours. One invocation at a time, as in Lambda: concurrent
 * callers wait for each other. When it has ended it stays so; {@link DeployedFunction} starts
 * another.
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

  /** Why no function can be run on this machine; empty where one can. */
  public static Optional<String> missing() {
    return JvmCommand.missing();
  }

  /**
   * Unpacks the package and starts the process; does not wait for it.
   *
   * @throws UncheckedIOException where the package or the JDK cannot be used
   */
  public static FunctionProcess start(FunctionSettings settings, FunctionOptions options) {
    Path taskRoot = TaskRoot.temporary("task-");
    TaskRoot.unpack(settings.zip(), taskRoot);
    return start(settings, options, taskRoot, List.of(TaskRoot.temporary("scratch-"), taskRoot));
  }

  /** The same from a package that was unpacked before, which stays. */
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
   * Waits until it asks for an event, or, where it starts from a snapshot, until the snapshot would
   * be taken. May be repeated.
   *
   * @return what went wrong; empty where all is well
   */
  public synchronized Optional<FunctionAnswer> initialise() throws InterruptedException {
    if (ready || checkpointed) {
      return Optional.empty();
    }
    Optional<FunctionAnswer> failed = understand(poll(limit()));
    if (failed.isPresent()) {
      end();
    }
    return failed.isPresent() ? failed : initialise();
  }

  /** Invokes it with an id of its own; see {@link #invoke(byte[], String)}. */
  public FunctionAnswer invoke(byte[] event) throws InterruptedException {
    return invoke(event, UUID.randomUUID().toString());
  }

  /**
   * Invokes it once. The first invocation waits for the initialisation, which does not count
   * against the timeout, and restores where it started from a snapshot. After every answer but
   * {@link FunctionAnswer.Answered} and {@link FunctionAnswer.FunctionError} it has ended.
   *
   * @param event JSON
   * @param requestId the invocation's id
   */
  public synchronized FunctionAnswer invoke(byte[] event, String requestId)
      throws InterruptedException {
    Optional<FunctionAnswer> failed = becomeReady();
    if (failed.isPresent()) {
      return failed.get();
    }
    ready = false;
    long handedOver = System.nanoTime();
    api.offer(
        new Invocation(requestId, event, Instant.now().plus(settings.timeout()), settings.arn()));
    FunctionAnswer answer = answerTo(handedOver);
    notePeak();
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

  private Optional<FunctionAnswer> becomeReady() throws InterruptedException {
    Optional<FunctionAnswer> failed = initialise();
    if (failed.isEmpty() && checkpointed) {
      checkpointed = false;
      api.restore();
      failed = initialise();
    }
    return failed;
  }

  /** From the start for the first event, from now on for those after it. */
  private long limit() {
    long from = readyNanos == 0 ? startedNanos : System.nanoTime();
    return from + options.initialisationTime().toNanos();
  }

  /** What a signal before an invocation means; empty where it is nothing bad. */
  private Optional<FunctionAnswer> understand(Optional<Signal> signal) {
    if (signal.isEmpty()) {
      notePeak();
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
      // Words about an invocation that was given up cannot come: its environment was ended.
      case Signal.Answered late -> Optional.empty();
      case Signal.Failed late -> Optional.empty();
    };
  }

  private FunctionAnswer answerTo(long handedOver) throws InterruptedException {
    long end = handedOver + settings.timeout().toNanos();
    while (true) {
      Optional<Signal> signal = poll(end);
      if (signal.isEmpty()) {
        return new FunctionAnswer.TimedOut(settings.timeout());
      }
      switch (signal.get()) {
        case Signal.Answered(String id, byte[] body, long nanos) -> {
          return new FunctionAnswer.Answered(body, Duration.ofNanos(nanos - handedOver));
        }
        case Signal.Failed(String id, String type, String message, String body) -> {
          return new FunctionAnswer.FunctionError(type, message, body);
        }
        case Signal.Exited(int code) -> {
          return crashed(code);
        }
        // It asks for another event without a word about the one that it has: Lambda waits as well.
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

  /** How long it took from the start of the process until it asked for its first event. */
  public synchronized Duration initialisationTook() {
    return Duration.ofNanos(readyNanos - startedNanos);
  }

  /** Whether the process runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** How often it got credentials from the endpoint that a restored function has. */
  public int credentialsGiven() {
    return api.credentialsGiven();
  }

  /** Everything that it has printed so far, standard output and standard error. */
  public String log() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + log, e);
    }
  }

  /**
   * The most memory that the process has had resident, in MB: {@code VmHWM} of Linux; -1 where that
   * is unknown. After the process has ended it is what was seen with the last answer.
   */
  public synchronized long peakMemoryMegabytes() {
    notePeak();
    return peakMegabytes;
  }

  /** The processor time that the process has used so far; zero where that is unknown. */
  public Duration cpuTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private void notePeak() {
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
      // It has ended meanwhile: what was seen last counts.
    }
  }

  /** Ends the process, as Lambda does: it is not asked. May be repeated. */
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
