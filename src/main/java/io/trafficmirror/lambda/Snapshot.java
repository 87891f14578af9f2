package io.trafficmirror.lambda;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * What is done around a snapshot, where Lambda takes one (SnapStart): an environment is stored
 * after its initialisation, and starts again from there, any number of times, perhaps days later.
 * Neither hook throws: the one would break the publication of a version, the other every start.
 */
final class Snapshot implements Resource {

  /** Lambda sets it; {@code snap-start} where a snapshot will be taken. */
  static final String INITIALISATION_TYPE = "AWS_LAMBDA_INITIALIZATION_TYPE";

  /** Enough that hardly two of a thousand copies go the same way. */
  private static final int MOST_STEPS = 1 << 14;

  private final Startup startup;

  private Snapshot(Startup startup) {
    this.startup = startup;
  }

  /** Whether one will be taken. */
  static boolean isComing(Map<String, String> environment) {
    return "snap-start".equals(environment.get(INITIALISATION_TYPE));
  }

  /**
   * Registers the hooks where a snapshot is coming.
   *
   * @return to be kept: who calls the hooks holds on to nothing
   */
  static Optional<Snapshot> expect(Map<String, String> environment, Startup startup) {
    if (!isComing(environment)) {
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
    stir();
  }

  /**
   * The SDK draws its pauses between attempts from this thread's generator, which is the same in
   * every copy: copies that are throttled together would come back together. Its seed cannot be
   * set, but each copy can go its own way along it.
   */
  private static void stir() {
    int steps = new SecureRandom().nextInt(MOST_STEPS);
    for (int step = 0; step < steps; step++) {
      ThreadLocalRandom.current().nextInt();
    }
  }
}
