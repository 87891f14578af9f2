package io.trafficmirror.write;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes the writes of one {@link Writer} call. Writes start in order, a limited number are in
 * flight at once, and the pacer of each API sets the rate. Writes that do not fit the deadline are
 * not started; started writes are awaited, so none is interrupted. Not safe for use by several
 * threads.
 */
final class WriteRun {

  /** The maximum number of attempts without an answer from EC2. */
  static final int MAX_ATTEMPTS = 3;

  /** The pause after the first such attempt; doubles with each further one. */
  static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  /**
   * A write pauses after each multiple of this many throttles if another one is ready, because EC2
   * may be throttling only this one.
   */
  static final int THROTTLES_BEFORE_PAUSE = 4;

  /**
   * The length of the first such pause, from the moment at which the pacer allows the next write.
   * Short, so that few later writes overtake. It doubles with each further pause.
   */
  static final Duration THROTTLE_PAUSE = Duration.ofSeconds(2);

  /** The number of times that the pause doubles, to about a minute. */
  private static final int MAX_DOUBLINGS = 5;

  /**
   * The pauses before retries of creating a target on an interface that EC2 does not know yet.
   * Sessions have none, because their sources are observed again first.
   */
  static final List<Duration> LAG_PAUSES =
      List.of(
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4));

  private static final Failure THREAD_DIED =
      new Failure(FailureKind.UNAVAILABLE, "no-answer", "the thread that made the write died");

  private static final Comparator<PendingWrite> ORDER =
      Comparator.comparingInt(PendingWrite::order);

  private record Paused(PendingWrite write, Instant until) {}

  private record Ended(
      PendingWrite write, Instant startedAt, Instant endedAt, Answer<Effect> answer) {}

  private final Function<PendingWrite, Answer<Effect>> call;
  private final Map<ApiBucket, WritePacer> pacers;
  private final WriteMemory memory;
  private final Deadline deadline;
  private final Time time;
  private final Executor executor;
  private final int inFlightLimit;
  private final Map<ApiBucket, PriorityQueue<PendingWrite>> ready = new EnumMap<>(ApiBucket.class);
  private final List<Paused> paused = new ArrayList<>();
  private final LinkedBlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
  private final Written[] written;
  private int inFlight;

  WriteRun(
      List<PendingWrite> writes,
      Function<PendingWrite, Answer<Effect>> call,
      Map<ApiBucket, WritePacer> pacers,
      WriteMemory memory,
      Deadline deadline,
      Time time,
      Executor executor,
      int inFlightLimit) {
    this.call = call;
    this.pacers = pacers;
    this.memory = memory;
    this.deadline = deadline;
    this.time = time;
    this.executor = executor;
    this.inFlightLimit = inFlightLimit;
    this.written = new Written[writes.size()];
    writes.forEach(this::makeReady);
  }

  /** Makes the writes and returns their results in order. */
  List<Written> run() throws InterruptedException {
    while (!ready.isEmpty() || !paused.isEmpty() || inFlight > 0) {
      resumePaused();
      takeEnded();
      if (!deadline.allows(Deadline.MIN_CALL_TIME)) {
        deferRemaining();
      }
      Optional<ApiBucket> next = startable();
      if (next.isPresent()) {
        start(take(next.get()));
      } else {
        awaitNextEvent(untilNextStart());
      }
    }
    return Arrays.asList(written);
  }

  private void makeReady(PendingWrite write) {
    ready
        .computeIfAbsent(ApiBucket.of(write.action()), bucket -> new PriorityQueue<>(ORDER))
        .add(write);
  }

  private PendingWrite take(ApiBucket bucket) {
    PriorityQueue<PendingWrite> queue = queueOf(bucket);
    PendingWrite write = queue.remove();
    if (queue.isEmpty()) {
      ready.remove(bucket);
    }
    return write;
  }

  private PriorityQueue<PendingWrite> queueOf(ApiBucket bucket) {
    return Optional.ofNullable(ready.get(bucket)).orElseThrow();
  }

  private WritePacer pacerOf(ApiBucket bucket) {
    return Optional.ofNullable(pacers.get(bucket)).orElseThrow();
  }

  /** Among the APIs whose pacer allows a write now, the one with the earliest pending write. */
  private Optional<ApiBucket> startable() {
    if (inFlight >= inFlightLimit) {
      return Optional.empty();
    }
    return ready.keySet().stream()
        .filter(bucket -> pacerOf(bucket).untilNextStart().isZero())
        .min(Comparator.comparing(bucket -> queueOf(bucket).element(), ORDER));
  }

  private void resumePaused() {
    Instant now = time.now();
    paused.removeIf(
        pause -> {
          boolean due = !pause.until().isAfter(now);
          if (due) {
            makeReady(pause.write());
          }
          return due;
        });
  }

  /** The time until the next write may start or a pause ends. */
  private Duration untilNextStart() {
    Stream<Duration> paces =
        inFlight < inFlightLimit
            ? ready.keySet().stream().map(bucket -> pacerOf(bucket).untilNextStart())
            : Stream.empty();
    Instant now = time.now();
    Stream<Duration> pauses = paused.stream().map(pause -> Duration.between(now, pause.until()));
    return Stream.concat(paces, pauses)
        .min(Duration::compareTo)
        .filter(Duration::isPositive)
        .orElse(Deadline.MIN_CALL_TIME);
  }

  /**
   * Waits until a write ends or this time has passed, but not beyond the last moment at which a
   * write may start. After that moment it waits only for writes in flight.
   */
  private void awaitNextEvent(Duration wait) throws InterruptedException {
    Duration left = deadline.remaining().minus(Deadline.MIN_CALL_TIME);
    Duration atMost =
        left.isPositive() ? shorter(wait, left.plusMillis(1)) : Deadline.MIN_CALL_TIME;
    if (inFlight > 0) {
      time.poll(ended, atMost).ifPresent(this::end);
    } else if (!ready.isEmpty() || !paused.isEmpty()) {
      time.sleep(atMost);
    }
  }

  private void takeEnded() {
    for (Ended next = ended.poll(); next != null; next = ended.poll()) {
      end(next);
    }
  }

  private void start(PendingWrite write) {
    Optional<Failure> known = memory.knownFailure(write.action());
    if (known.isPresent()) {
      finish(write, new Answer.Failed<>(known.get()), false, time.now());
      return;
    }
    Instant now = time.now();
    pacerOf(ApiBucket.of(write.action())).recordStart();
    inFlight++;
    executor.execute(() -> call(write, now));
  }

  /**
   * Always adds a result, because the run would wait forever if an error killed the thread without
   * one.
   */
  private void call(PendingWrite write, Instant startedAt) {
    Answer<Effect> answer = new Answer.Failed<>(THREAD_DIED);
    try {
      answer = call.apply(write);
    } finally {
      ended.add(new Ended(write, startedAt, time.now(), answer));
    }
  }

  private void end(Ended end) {
    inFlight--;
    PendingWrite write = end.write();
    WritePacer pacer = pacerOf(ApiBucket.of(write.action()));
    if (written(write, end.answer(), true, end.endedAt()).isDecided()) {
      pacer.recordServed();
    }
    switch (end.answer()) {
      case Answer.Failed<Effect>(Failure failure) when failure.kind() == FailureKind.THROTTLED -> {
        pacer.recordThrottle(end.startedAt());
        PendingWrite again = write.afterThrottle();
        if (again.throttles() % THROTTLES_BEFORE_PAUSE == 0
            && ready.containsKey(ApiBucket.of(write.action()))) {
          pause(again, pacer.untilNextStart().plus(throttlePause(again)));
        } else {
          makeReady(again);
        }
      }
      case Answer.Failed<Effect>(Failure failure)
          when failure.kind() == FailureKind.UNAVAILABLE && write.attempts() + 1 < MAX_ATTEMPTS ->
          pause(write.afterNoAnswer(failure), FIRST_PAUSE.multipliedBy(1L << write.attempts()));
      case Answer.Failed<Effect>(Failure failure)
          when failure.kind() == FailureKind.NOT_VISIBLE_YET
              && write.action() instanceof Action.CreateTarget
              && write.lags() < LAG_PAUSES.size() ->
          pause(write.afterLag(failure), LAG_PAUSES.get(write.lags()));
      case Answer.Failed<Effect> failed -> record(write, failed, end.endedAt());
      case Answer.Got<Effect> got -> record(write, got, end.endedAt());
    }
  }

  private static Duration throttlePause(PendingWrite write) {
    int earlier = write.throttles() / THROTTLES_BEFORE_PAUSE - 1;
    return THROTTLE_PAUSE.multipliedBy(1L << Math.min(earlier, MAX_DOUBLINGS));
  }

  private void record(PendingWrite write, Answer<Effect> answer, Instant at) {
    memory.record(write.action(), answer);
    finish(write, answer, true, at);
  }

  private void finish(PendingWrite write, Answer<Effect> answer, boolean wasSent, Instant at) {
    written[write.order()] = written(write, answer, wasSent, at);
  }

  private static Written written(
      PendingWrite write, Answer<Effect> answer, boolean wasSent, Instant at) {
    return new Written(write.action(), answer, wasSent, write.wasThrottled(), at);
  }

  private void pause(PendingWrite write, Duration length) {
    paused.add(new Paused(write, time.now().plus(length)));
  }

  private void deferRemaining() {
    ready.values().forEach(queue -> queue.forEach(this::defer));
    ready.clear();
    paused.forEach(pause -> defer(pause.write()));
    paused.clear();
  }

  /**
   * Reports throttled writes and writes that were not started as different failures; a throttle is
   * not specific to the instance.
   */
  private void defer(PendingWrite write) {
    if (write.action() instanceof Action.OnTarget
        && write.throttles() == 0
        && write.last().isPresent()) {
      // Target actions have a short deadline of their own. The last failure is reported instead of
      // the lack of time; otherwise a single target that never answers would block its shard lane.
      finish(write, new Answer.Failed<>(write.last().get()), true, time.now());
      return;
    }
    Failure failure = write.throttles() > 0 ? throttledToTheEnd(write) : outOfTime(write);
    finish(write, new Answer.Failed<>(failure), false, time.now());
  }

  private static Failure throttledToTheEnd(PendingWrite write) {
    return new Failure(
        FailureKind.THROTTLED,
        "Throttled",
        "EC2 throttled %s %d times until the deadline; it will be retried"
            .formatted(subject(write), write.throttles()));
  }

  private static Failure outOfTime(PendingWrite write) {
    return new Failure(
        FailureKind.OUT_OF_TIME,
        "OutOfTime",
        "no time left for %s; it will be retried".formatted(subject(write)));
  }

  private static String subject(PendingWrite write) {
    return switch (write.action()) {
      case Action.OnSession action -> "the write to " + action.source();
      case Action.OnTarget action -> action.toString();
    };
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
