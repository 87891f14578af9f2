package io.trafficmirror.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.Trigger;
import io.trafficmirror.port.StreamRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InstanceRequestTest {

  private static final Instant NOW = VirtualTime.START;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Test
  void retriesFromTheFirstYoungRecord() {
    InstanceRequest request =
        request(
            record(0, NOW.minus(LIMIT)), record(3, NOW.minus(LIMIT).plusMillis(1)), record(5, NOW));
    assertThat(request.firstYoungPosition(NOW, LIMIT)).hasValue(3);
    assertThat(request.firstYoungPosition(NOW.plus(LIMIT), LIMIT)).isEmpty();
  }

  @Test
  void retriesTheBatchFromItsFirstRecord() {
    assertThat(request(record(2, NOW), record(5, NOW)).firstCause().position()).isEqualTo(2);
  }

  @Test
  void rejectsARequestWithoutACause() {
    assertThatIllegalArgumentException().isThrownBy(() -> request());
  }

  private static InstanceRequest request(StreamRecord... causes) {
    return new InstanceRequest(
        new Scope("111122223333", "us-east-1"),
        new InstanceId("i-1"),
        Trigger.LAUNCH,
        Optional.empty(),
        List.of(causes));
  }

  private static StreamRecord record(int position, Instant arrivedAt) {
    return new StreamRecord(position, "arn", "shard", "1", "key", arrivedAt, new byte[0]);
  }
}
