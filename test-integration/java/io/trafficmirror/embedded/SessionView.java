package io.trafficmirror.embedded;

import java.time.Instant;
import java.util.Map;

/**
 * A mirror session, for assertions.
 *
 * @param number the session number
 * @param createdAt on embedded AWS's clock
 */
public record SessionView(
    String sessionId,
    String interfaceId,
    String targetId,
    String filterId,
    int number,
    Map<String, String> tags,
    Instant createdAt) {

  /** Copies the tags. */
  public SessionView {
    tags = Map.copyOf(tags);
  }
}
