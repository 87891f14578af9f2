package io.trafficmirror.worlds;

import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The scenarios on embedded AWS only. */
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
final class EmbeddedWorldIT extends Scenarios {

  @Override
  String world() {
    return "embedded";
  }

  @Override
  World open() {
    return new EmbeddedWorld();
  }
}
