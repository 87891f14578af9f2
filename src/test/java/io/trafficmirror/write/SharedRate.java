package io.trafficmirror.write;

import io.trafficmirror.port.Time;
import io.trafficmirror.port.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Several consumers that cannot see each other, each with a pacer of its own and a few writes in
 * flight, on one token bucket; and a neighbour that takes its share in lumps, before anybody else.
 * Everything happens on a clock that jumps from one moment to the next.
 */
final class SharedRate {

  private static final double BURST = 50;
  private static final int IN_FLIGHT = 4;
  private static final Duration LATENCY = Duration.ofMillis(200);

  private final Random random;
  private final double refillPerSecond;
  private final PriorityQueue<Moment> moments =
      new PriorityQueue<>(Comparator.comparing(Moment::at).thenComparingLong(Moment::number));
  private final Time time = new MomentTime();
  private final List<Instant> taken = new ArrayList<>();
  private final List<Instant> throttled = new ArrayList<>();
  private Instant now = VirtualTime.START;
  private Instant refilledAt = now;
  private double tokens = BURST;
  private double owed;
  private double share;
  private long lastNumber;

  SharedRate(long seed, double refillPerSecond) {
    this.random = new Random(seed);
    this.refillPerSecond = refillPerSecond;
    neighbourTakes(0);
  }

  private record Moment(Instant at, long number, Runnable what) {}

  /** A share of the refill goes to the neighbour from now on. */
  void neighbour(double value) {
    share = value;
  }

  /** A consumer that has so many writes to make from now on. */
  Consumer consumer(int writes) {
    Consumer consumer = new Consumer(writes);
    in(Duration.ZERO, consumer::pump);
    return consumer;
  }

  void run(Duration duration) {
    Instant end = now.plus(duration);
    while (!moments.isEmpty() && !moments.peek().at().isAfter(end)) {
      Moment next = moments.remove();
      now = next.at();
      next.what().run();
    }
    now = end;
  }

  Instant now() {
    return now;
  }

  /** How many writes a second EC2 took in a stretch of time. */
  double takenPerSecond(Instant from, Instant to) {
    return count(taken, from, to) / (Duration.between(from, to).toMillis() / 1e3);
  }

  /** The share of writes in a stretch of time that were throttled. */
  double throttledShare(Instant from, Instant to) {
    double refused = count(throttled, from, to);
    return refused / Math.max(1, refused + count(taken, from, to));
  }

  /** How many writes a second were throttled in a stretch of time. */
  double throttledPerSecond(Instant from, Instant to) {
    return count(throttled, from, to) / (Duration.between(from, to).toMillis() / 1e3);
  }

  int taken() {
    return taken.size();
  }

  private static long count(List<Instant> of, Instant from, Instant to) {
    return of.stream().filter(at -> !at.isBefore(from) && at.isBefore(to)).count();
  }

  private void in(Duration wait, Runnable what) {
    moments.add(new Moment(now.plus(wait), lastNumber++, what));
  }

  private void neighbourTakes(double lump) {
    owed += lump;
    double seconds = -Math.log(1 - random.nextDouble());
    in(
        Duration.ofNanos((long) (seconds * 1e9)),
        () -> neighbourTakes(share * refillPerSecond * seconds));
  }

  private boolean take() {
    tokens += refillPerSecond * Duration.between(refilledAt, now).toNanos() / 1e9;
    refilledAt = now;
    double paid = Math.min(tokens, owed);
    owed -= paid;
    tokens = Math.min(BURST, tokens - paid);
    if (tokens < 1) {
      throttled.add(now);
      return false;
    }
    tokens -= 1;
    taken.add(now);
    return true;
  }

  /** One environment of the function. */
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
        in(pacer.untilNextStart(), () -> pumpIf(mine));
      }
    }

    private void pumpIf(int asked) {
      if (asked == generation) {
        pump();
      }
    }

    private void start() {
      pacer.started();
      left--;
      inFlight++;
      Instant startedAt = now;
      Duration way =
          Duration.ofNanos((long) (LATENCY.toNanos() * (0.25 + random.nextDouble() / 2)));
      in(
          way,
          () -> {
            boolean accepted = take();
            in(way, () -> end(startedAt, accepted));
          });
    }

    private void end(Instant startedAt, boolean accepted) {
      inFlight--;
      if (accepted) {
        done++;
        pacer.taken();
      } else {
        left++;
        pacer.throttled(startedAt);
      }
      pump();
    }
  }

  private final class MomentTime implements Time {
    @Override
    public Instant now() {
      return now;
    }

    @Override
    public void sleep(Duration duration) {
      throw new IllegalStateException("nobody sleeps here");
    }
  }
}
