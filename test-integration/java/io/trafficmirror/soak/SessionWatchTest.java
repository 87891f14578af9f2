package io.trafficmirror.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.SessionView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SessionWatchTest {

  private final SessionWatch sessionWatch = new SessionWatch();

  @Test
  void acceptsASessionThatIsDeletedWithItsInterface() {
    sessionWatch.observe(List.of(session("tms-1", "eni-1")), Set.of("eni-1"));
    sessionWatch.observe(List.of(), Set.of());
    assertThat(sessionWatch.findings().isNone()).isTrue();
  }

  @Test
  void reportsASessionMissingFromAnExistingInterfaceAsWrong() {
    sessionWatch.observe(List.of(session("tms-1", "eni-1")), Set.of("eni-1"));
    sessionWatch.observe(List.of(session("tms-2", "eni-1")), Set.of("eni-1"));
    assertThat(sessionWatch.findings().wrong()).singleElement().asString().contains("tms-1");
  }

  @Test
  void reportsTwoSessionsAsDoubledEvenIfTheyAreDeletedLater() {
    sessionWatch.observe(
        List.of(session("tms-1", "eni-1"), session("tms-2", "eni-1")), Set.of("eni-1"));
    sessionWatch.observe(List.of(), Set.of());
    assertThat(sessionWatch.findings().doubled()).hasSize(1);
  }

  private static SessionView session(String id, String eni) {
    return new SessionView(
        id,
        eni,
        "tmt-1",
        "tmf-1",
        100,
        Map.of("traffic-mirror-pipeline:deployment", "prod"),
        Instant.EPOCH);
  }
}
