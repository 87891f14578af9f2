package io.trafficmirror.laws;

import io.trafficmirror.embedded.CallHook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Threads that make one call at a time: when all that are inside want to make one, it is drawn
 * which of them does. So an interleaving is a matter of the seed alone.
 */
final class Turns implements CallHook {

  private static final Comparator<Thread> BY_ID = Comparator.comparingLong(Thread::threadId);

  private final Random random;
  private final List<Thread> wanting = new ArrayList<>();
  private final List<Thread> inside = new ArrayList<>();
  private final int members;
  private int entered;
  private boolean started;

  Turns(Random random, int members) {
    this.random = random;
    this.members = members;
  }

  synchronized void start() {
    started = true;
    notifyAll();
  }

  /** Waits until everybody is here. */
  synchronized void enter() {
    inside.add(Thread.currentThread());
    inside.sort(BY_ID);
    entered++;
    notifyAll();
    waitUntil(() -> started && entered == members);
  }

  synchronized void leave() {
    inside.remove(Thread.currentThread());
    draw();
  }

  @Override
  public synchronized void beforeEffect(String signingName, String action) {
    Thread me = Thread.currentThread();
    if (!inside.contains(me)) {
      return;
    }
    wanting.add(me);
    wanting.sort(BY_ID);
    draw();
    waitUntil(() -> !wanting.contains(me));
  }

  @Override
  public void afterEffect(String signingName, String action, int status) {
    // The turn ends with the thread's next call, or when it leaves.
  }

  private synchronized void draw() {
    if (!wanting.isEmpty() && wanting.size() == inside.size()) {
      wanting.remove(random.nextInt(wanting.size()));
      notifyAll();
    }
  }

  private synchronized void waitUntil(BooleanSupplier condition) {
    try {
      while (!condition.getAsBoolean()) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts these threads", e);
    }
  }
}
