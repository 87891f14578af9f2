package io.trafficmirror.embedded;

import java.time.Instant;
import java.util.Map;

/**
 * A mirror session that is there now, for a test to look at.
 *
 * @param number the session number
 * @param createdAt by the clock of embedded AWS
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
