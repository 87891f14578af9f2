package io.trafficmirror.lambda;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * The hooks around a snapshot (SnapStart). Lambda stores an environment after its initialisation
 * and restores any number of copies from it, possibly days later. Neither hook throws: an exception
 * before the snapshot would break the publication of a version, one after the restore every start.
 */
final class Snapshot implements Resource {

  /** Set by Lambda; {@code snap-start} if a snapshot will be taken. */
  static final String INITIALISATION_TYPE = "AWS_LAMBDA_INITIALIZATION_TYPE";

  /** Large enough that two of a thousand copies rarely end up in the same state. */
  private static final int MAX_STEPS = 1 << 14;

  private final Startup startup;

  private Snapshot(Startup startup) {
    this.startup = startup;
  }

  /** Whether a snapshot will be taken. */
  static boolean isExpected(Map<String, String> environment) {
    return "snap-start".equals(environment.get(INITIALISATION_TYPE));
  }

  /**
   * Registers the hooks if a snapshot will be taken.
   *
   * @return the registered hooks, which the caller must keep reachable because CRaC references them
   *     only weakly
   */
  static Optional<Snapshot> expect(Map<String, String> environment, Startup startup) {
    if (!isExpected(environment)) {
      return Optional.empty();
    }
    Snapshot snapshot = new Snapshot(startup);
    Core.getGlobalContext().register(snapshot);
    return Optional.of(snapshot);
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    startup.beforeSnapshot();
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    startup.afterRestore();
    advanceRandom();
  }

  /**
   * Advances this thread's random generator by a random number of steps. The SDK draws its backoff
   * jitter from it, and it has the same state in every restored copy, so throttled copies would
   * retry at the same time. Its seed cannot be set.
   */
  private static void advanceRandom() {
    int steps = new SecureRandom().nextInt(MAX_STEPS);
    for (int step = 0; step < steps; step++) {
      ThreadLocalRandom.current().nextInt();
    }
  }
}
