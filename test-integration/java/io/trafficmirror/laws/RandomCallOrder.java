package io.trafficmirror.laws;

import io.trafficmirror.embedded.CallHook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Lets threads make one AWS call at a time. Once every active thread waits to make a call, a seeded
 * random draw selects the next one, so the seed alone determines the interleaving.
 */
final class RandomCallOrder implements CallHook {

  private static final Comparator<Thread> BY_ID = Comparator.comparingLong(Thread::threadId);

  private final Random random;
  private final List<Thread> waiting = new ArrayList<>();
  private final List<Thread> active = new ArrayList<>();
  private final int size;
  private int entered;
  private boolean started;

  RandomCallOrder(Random random, int size) {
    this.random = random;
    this.size = size;
  }

  synchronized void start() {
    started = true;
    notifyAll();
  }

  /** Waits until all threads have entered. */
  synchronized void enter() {
    active.add(Thread.currentThread());
    active.sort(BY_ID);
    entered++;
    notifyAll();
    waitUntil(() -> started && entered == size);
  }

  synchronized void leave() {
    active.remove(Thread.currentThread());
    draw();
  }

  @Override
  public synchronized void beforeEffect(String signingName, String action) {
    Thread me = Thread.currentThread();
    if (!active.contains(me)) {
      return;
    }
    waiting.add(me);
    waiting.sort(BY_ID);
    draw();
    waitUntil(() -> !waiting.contains(me));
  }

  @Override
  public void afterEffect(String signingName, String action, int status) {
    // The turn ends when the thread makes its next call or leaves.
  }

  private synchronized void draw() {
    if (!waiting.isEmpty() && waiting.size() == active.size()) {
      waiting.remove(random.nextInt(waiting.size()));
      notifyAll();
    }
  }

  private synchronized void waitUntil(BooleanSupplier condition) {
    try {
      while (!condition.getAsBoolean()) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("unexpected interrupt", e);
    }
  }
}
