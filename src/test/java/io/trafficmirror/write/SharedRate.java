package io.trafficmirror.write;

import io.trafficmirror.harness.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Simulates one token bucket that several independent consumers share, each with its own pacer and
 * a few writes in flight. A neighbour takes its share of the tokens in bursts, before the
 * consumers. The clock jumps from one event to the next.
 */
final class SharedRate {

  private static final double BURST = 50;
  private static final int IN_FLIGHT = 4;
  private static final Duration LATENCY = Duration.ofMillis(200);

  private final Random random;
  private final double refillPerSecond;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::number));
  private final VirtualTime time = new VirtualTime();
  private final List<Instant> accepted = new ArrayList<>();
  private final List<Instant> throttled = new ArrayList<>();
  private Instant refilledAt = time.now();
  private double tokens = BURST;
  private double owed;
  private double share;
  private long lastNumber;

  SharedRate(long seed, double refillPerSecond) {
    this.random = new Random(seed);
    this.refillPerSecond = refillPerSecond;
    neighbourTakes(0);
  }

  private record Event(Instant at, long number, Runnable task) {}

  /** From now on the neighbour takes this share of the refill. */
  void neighbour(double value) {
    share = value;
  }

  /** Adds a consumer that has this many writes to make, starting now. */
  Consumer consumer(int writes) {
    Consumer consumer = new Consumer(writes);
    schedule(Duration.ZERO, consumer::pump);
    return consumer;
  }

  void run(Duration duration) {
    Instant end = now().plus(duration);
    while (!events.isEmpty() && !events.peek().at().isAfter(end)) {
      Event next = events.remove();
      advanceTo(next.at());
      next.task().run();
    }
    advanceTo(end);
  }

  Instant now() {
    return time.now();
  }

  private void advanceTo(Instant instant) {
    time.sleep(Duration.between(time.now(), instant));
  }

  /** The number of writes per second that EC2 accepted in an interval. */
  double acceptedPerSecond(Instant from, Instant to) {
    return count(accepted, from, to) / (Duration.between(from, to).toMillis() / 1e3);
  }

  /** The share of writes in an interval that were throttled. */
  double throttledShare(Instant from, Instant to) {
    double refusals = count(throttled, from, to);
    return refusals / Math.max(1, refusals + count(accepted, from, to));
  }

  /** The number of writes per second that were throttled in an interval. */
  double throttledPerSecond(Instant from, Instant to) {
    return count(throttled, from, to) / (Duration.between(from, to).toMillis() / 1e3);
  }

  int accepted() {
    return accepted.size();
  }

  private static long count(List<Instant> of, Instant from, Instant to) {
    return of.stream().filter(at -> !at.isBefore(from) && at.isBefore(to)).count();
  }

  private void schedule(Duration wait, Runnable task) {
    events.add(new Event(now().plus(wait), lastNumber++, task));
  }

  private void neighbourTakes(double lump) {
    owed += lump;
    double seconds = -Math.log(1 - random.nextDouble());
    schedule(
        Duration.ofNanos((long) (seconds * 1e9)),
        () -> neighbourTakes(share * refillPerSecond * seconds));
  }

  private boolean take() {
    tokens += refillPerSecond * Duration.between(refilledAt, now()).toNanos() / 1e9;
    refilledAt = now();
    double paid = Math.min(tokens, owed);
    owed -= paid;
    tokens = Math.min(BURST, tokens - paid);
    if (tokens < 1) {
      throttled.add(now());
      return false;
    }
    tokens -= 1;
    accepted.add(now());
    return true;
  }

  /** One Lambda execution environment. */
  final class Consumer {
    private final WritePacer pacer = new WritePacer(time, ApiBucket.CREATE_SESSION);
    private int left;
    private int inFlight;
    private int generation;
    private int done;

    Consumer(int writes) {
      left = writes;
    }

    int done() {
      return done;
    }

    double ratePerSecond() {
      return pacer.ratePerSecond();
    }

    private void pump() {
      int mine = ++generation;
      while (left > 0 && inFlight < IN_FLIGHT && pacer.untilNextStart().isZero()) {
        start();
      }
      if (left > 0 && inFlight < IN_FLIGHT) {
        schedule(pacer.untilNextStart(), () -> pumpIf(mine));
      }
    }

    private void pumpIf(int expected) {
      if (expected == generation) {
        pump();
      }
    }

    private void start() {
      pacer.recordStart();
      left--;
      inFlight++;
      Instant startedAt = now();
      Duration oneWay =
          Duration.ofNanos((long) (LATENCY.toNanos() * (0.25 + random.nextDouble() / 2)));
      schedule(
          oneWay,
          () -> {
            boolean isAccepted = take();
            schedule(oneWay, () -> end(startedAt, isAccepted));
          });
    }

    private void end(Instant startedAt, boolean isAccepted) {
      inFlight--;
      if (isAccepted) {
        done++;
        pacer.recordServed();
      } else {
        left++;
        pacer.recordThrottle(startedAt);
      }
      pump();
    }
  }
}
