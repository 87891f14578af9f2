package io.trafficmirror.laws;

import io.trafficmirror.embedded.CallHook;
import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs consumers one at a time, each until its next call, sleep or kill. Whenever all wait, a
 * seeded random draw selects the next one. Each call takes some virtual time, so the seed alone
 * determines the interleaving. When all sleep, the clock advances to the earliest wake-up time.
 */
final class Schedule implements CallHook, Time {

  /** May inject a fault before a call. */
  interface FaultSource {
    void beforeCall(String signingName, String action);
  }

  private static final Duration USUAL_CALL = Duration.ofMillis(120);
  private static final Duration SLOW_CALL = Duration.ofSeconds(4);

  /**
   * Ends a consumer's process. Later calls of the process throw it again, even if it was caught.
   */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("the process was killed", null, false, false);
    }
  }

  private static final class Member {
    private final int number;
    private final Condition turn;
    private boolean chosen;
    private Instant due = Instant.MIN;
    private int callsUntilKilled = Integer.MAX_VALUE;
    private boolean isKilledAfterEffect;

    Member(int number, Condition turn) {
      this.number = number;
      this.turn = turn;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final VirtualTime clock;
  private final Random random;
  private final FaultSource faultSource;
  private final Map<Thread, Member> members = new HashMap<>();
  private final List<Member> waiting = new ArrayList<>();
  private int left;

  Schedule(VirtualTime clock, Random random, FaultSource faultSource, int size) {
    this.clock = clock;
    this.random = random;
    this.faultSource = faultSource;
    this.left = size;
  }

  /** Registers the calling thread as a consumer and waits for its turn. */
  void enter(int number) {
    lock.lock();
    try {
      Member me = new Member(number, lock.newCondition());
      members.put(Thread.currentThread(), me);
      await(me, Instant.MIN);
    } finally {
      lock.unlock();
    }
  }

  /** Unregisters the calling thread. */
  void leave() {
    lock.lock();
    try {
      members.remove(Thread.currentThread());
      left--;
      resumeNext();
    } finally {
      lock.unlock();
    }
  }

  /** Starts a new process in the calling thread. It may be killed at one of its calls. */
  void begin(boolean mayBeKilled) {
    lock.lock();
    try {
      Member me = me();
      me.callsUntilKilled = mayBeKilled ? 1 + random.nextInt(25) : Integer.MAX_VALUE;
      me.isKilledAfterEffect = random.nextBoolean();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the calling thread's process was killed. */
  boolean isKilled() {
    lock.lock();
    try {
      return me().callsUntilKilled <= 0;
    } finally {
      lock.unlock();
    }
  }

  private Member me() {
    return Objects.requireNonNull(members.get(Thread.currentThread()), "not a consumer thread");
  }

  @Override
  public void beforeEffect(String signingName, String action) {
    lock.lock();
    try {
      Member me = members.get(Thread.currentThread());
      if (me == null) {
        return;
      }
      if (me.callsUntilKilled <= 0 || (me.callsUntilKilled == 1 && !me.isKilledAfterEffect)) {
        me.callsUntilKilled = 0;
        throw new Killed();
      }
      await(me, Instant.MIN);
      clock.sleep(random.nextInt(40) == 0 ? upTo(SLOW_CALL) : upTo(USUAL_CALL));
      faultSource.beforeCall(signingName, action);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void afterEffect(String signingName, String action, int status) {
    lock.lock();
    try {
      Member me = members.get(Thread.currentThread());
      if (me != null && me.callsUntilKilled != Integer.MAX_VALUE && --me.callsUntilKilled <= 0) {
        throw new Killed();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Instant now() {
    return clock.now();
  }

  @Override
  public void sleep(Duration duration) {
    lock.lock();
    try {
      Member me = members.get(Thread.currentThread());
      if (me == null) {
        clock.sleep(duration);
      } else if (me.callsUntilKilled <= 0) {
        throw new Killed();
      } else if (duration.isPositive()) {
        await(me, clock.now().plus(duration));
      }
    } finally {
      lock.unlock();
    }
  }

  private Duration upTo(Duration longest) {
    return Duration.ofMillis(random.nextInt((int) longest.toMillis()));
  }

  private void await(Member me, Instant due) {
    me.due = due;
    me.chosen = false;
    waiting.add(me);
    resumeNext();
    while (!me.chosen) {
      me.turn.awaitUninterruptibly();
    }
  }

  /** Selects the next consumer once all of them wait. */
  private void resumeNext() {
    if (members.size() < left || waiting.size() < left || left == 0) {
      return;
    }
    waiting.sort((a, b) -> Integer.compare(a.number, b.number));
    Instant first = waiting.stream().map(m -> m.due).min(Instant::compareTo).orElseThrow();
    if (first.isAfter(clock.now())) {
      clock.sleep(Duration.between(clock.now(), first));
    }
    List<Member> ready = waiting.stream().filter(m -> !m.due.isAfter(clock.now())).toList();
    Member next = ready.get(random.nextInt(ready.size()));
    waiting.remove(next);
    next.chosen = true;
    next.turn.signal();
  }
}
