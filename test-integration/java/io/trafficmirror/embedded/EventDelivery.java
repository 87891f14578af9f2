package io.trafficmirror.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;

/** Delivers an event from the bus to the rules, immediately or with a delay and perhaps twice. */
final class EventDelivery {

  private final EmbeddedOptions options;
  private final Consumer<ObjectNode> rules;
  private final Random random;
  private double duplicates;
  private Duration longestDelay = Duration.ZERO;

  EventDelivery(EmbeddedOptions options, Consumer<ObjectNode> rules) {
    this.options = options;
    this.rules = rules;
    this.random = new Random(options.seed() + 3);
  }

  synchronized void unreliable(double share, Duration longest) {
    if (longest.isPositive() && !(options.clock() instanceof SharedClock)) {
      throw new IllegalStateException("Delayed events require a SharedClock");
    }
    duplicates = share;
    longestDelay = longest;
  }

  void deliver(ObjectNode event) {
    int copies = drawDuplicate() ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      Duration delay = delay();
      if (delay.isPositive() && options.clock() instanceof SharedClock clock) {
        clock.start("event", () -> late(clock, delay, event));
      } else {
        rules.accept(event);
      }
    }
  }

  private void late(SharedClock clock, Duration delay, ObjectNode event) {
    try {
      clock.sleep(delay);
      rules.accept(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean drawDuplicate() {
    return duplicates > 0 && random.nextDouble() < duplicates;
  }

  private synchronized Duration delay() {
    return longestDelay.isPositive()
        ? Duration.ofNanos((long) (random.nextDouble() * longestDelay.toNanos()))
        : Duration.ZERO;
  }
}
