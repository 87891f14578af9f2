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
 * Consumers of which one at a time goes on: from one call, pause or death to its next. Who does is
 * drawn whenever all wait, and with each call some time passes, so an interleaving is a matter of
 * the seed alone. When all sleep, the clock moves to the first who wakes.
 */
final class Schedule implements CallHook, Time {

  /** What may befall a call, drawn for each. */
  interface Weather {
    void beforeCall(String signingName, String action);
  }

  private static final Duration USUAL_CALL = Duration.ofMillis(120);
  private static final Duration SLOW_CALL = Duration.ofSeconds(4);

  /** The end of a consumer's process; whatever catches it, nothing else gets through after it. */
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
    private int callsToLive = Integer.MAX_VALUE;
    private boolean diesAfterTheEffect;

    Member(int number, Condition turn) {
      this.number = number;
      this.turn = turn;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final VirtualTime clock;
  private final Random random;
  private final Weather weather;
  private final Map<Thread, Member> members = new HashMap<>();
  private final List<Member> waiting = new ArrayList<>();
  private int left;

  Schedule(VirtualTime clock, Random random, Weather weather, int size) {
    this.clock = clock;
    this.random = random;
    this.weather = weather;
    this.left = size;
  }

  /** The calling thread is a consumer from now on; comes back when it is its turn. */
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

  /** The calling thread is no consumer any more. */
  void leave() {
    lock.lock();
    try {
      members.remove(Thread.currentThread());
      left--;
      passOn();
    } finally {
      lock.unlock();
    }
  }

  /** A new process begins in the calling thread; it may be killed at one of its calls. */
  void begin(boolean mayDie) {
    lock.lock();
    try {
      Member me = me();
      me.callsToLive = mayDie ? 1 + random.nextInt(25) : Integer.MAX_VALUE;
      me.diesAfterTheEffect = random.nextBoolean();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the calling thread's process was killed. */
  boolean isDead() {
    lock.lock();
    try {
      return me().callsToLive <= 0;
    } finally {
      lock.unlock();
    }
  }

  private Member me() {
    return Objects.requireNonNull(members.get(Thread.currentThread()), "no consumer's thread");
  }

  @Override
  public void beforeEffect(String signingName, String action) {
    lock.lock();
    try {
      Member me = members.get(Thread.currentThread());
      if (me == null) {
        return;
      }
      if (me.callsToLive <= 0 || (me.callsToLive == 1 && !me.diesAfterTheEffect)) {
        me.callsToLive = 0;
        throw new Killed();
      }
      await(me, Instant.MIN);
      clock.sleep(random.nextInt(40) == 0 ? upTo(SLOW_CALL) : upTo(USUAL_CALL));
      weather.beforeCall(signingName, action);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void afterEffect(String signingName, String action, int status) {
    lock.lock();
    try {
      Member me = members.get(Thread.currentThread());
      if (me != null && me.callsToLive != Integer.MAX_VALUE && --me.callsToLive <= 0) {
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
      } else if (me.callsToLive <= 0) {
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
    passOn();
    while (!me.chosen) {
      me.turn.awaitUninterruptibly();
    }
  }

  /** Chooses who goes on, once all wait. */
  private void passOn() {
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
