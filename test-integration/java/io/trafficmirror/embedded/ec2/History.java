package io.trafficmirror.embedded.ec2;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The versions of the resource with one id; empty while it did not exist. */
final class History<V> {

  /** The longest read lag; older versions are dropped. */
  static final Duration HORIZON = Duration.ofMinutes(15);

  private record Version<V>(Instant since, Optional<V> value) {}

  private final List<Version<V>> versions = new ArrayList<>(1);

  void put(Instant at, Optional<V> value) {
    // If the clock stood still or was set back, this version replaces those from this moment on.
    while (!versions.isEmpty() && !versions.getLast().since().isBefore(at)) {
      versions.removeLast();
    }
    versions.add(new Version<>(at, value));
    Instant horizon = at.equals(Instant.MIN) ? at : at.minus(HORIZON);
    while (versions.size() > 1 && !versions.get(1).since().isAfter(horizon)) {
      versions.removeFirst();
    }
  }

  Optional<V> at(View view) {
    if (view.current()) {
      return now();
    }
    for (int i = versions.size() - 1; i >= 0; i--) {
      if (!versions.get(i).since().isAfter(view.at())) {
        return versions.get(i).value();
      }
    }
    return Optional.empty();
  }

  Optional<V> now() {
    return versions.isEmpty() ? Optional.empty() : versions.getLast().value();
  }
}
