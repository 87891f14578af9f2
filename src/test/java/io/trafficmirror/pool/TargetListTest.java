package io.trafficmirror.pool;

import static io.trafficmirror.pool.PoolThings.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.FakeEc2;
import io.trafficmirror.port.FakeEc2.Api;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetListTest {

  private static final Duration MAX_AGE = Duration.ofSeconds(60);

  private final VirtualTime time = new VirtualTime();
  private final FakeEc2 ec2 = new FakeEc2(time);
  private final TargetList list = new TargetList(ec2, time, MAX_AGE);
  private final Deadline deadline = new Deadline(VirtualTime.START.plus(Duration.ofHours(1)), time);

  @BeforeEach
  void oneTarget() {
    ec2.add(target(1));
  }

  @Test
  void doesNotReadBeforeTheFirstGet() {
    assertThat(ec2.calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "59999, 1", "60000, 2", "100000, 2"})
  void rereadsAtTheMaximumAge(long millis, int reads) {
    assertThat(list.get(deadline)).isEqualTo(shows(target(1)));
    ec2.add(target(2));
    time.sleep(Duration.ofMillis(millis));
    assertThat(list.get(deadline))
        .isEqualTo(reads == 1 ? shows(target(1)) : shows(target(1), target(2)));
    assertThat(ec2.calls(Api.TARGETS)).hasSize(reads);
  }

  @Test
  void freshAlwaysReads() {
    list.get(deadline);
    ec2.add(target(2));
    assertThat(list.fresh(deadline)).isEqualTo(shows(target(1), target(2)));
    assertThat(list.get(deadline)).isEqualTo(shows(target(1), target(2)));
    assertThat(ec2.calls(Api.TARGETS)).hasSize(2);
  }

  @Test
  void ageStartsAtTheLastFreshRead() {
    list.get(deadline);
    time.sleep(MAX_AGE.minusSeconds(1));
    list.fresh(deadline);
    time.sleep(MAX_AGE.minusSeconds(1));
    list.get(deadline);
    assertThat(ec2.calls(Api.TARGETS)).hasSize(2);
  }

  @Test
  void doesNotCacheFailures() {
    ec2.failNext(Api.TARGETS, FailureKind.UNAVAILABLE);
    assertThat(list.get(deadline)).isInstanceOf(Answer.Failed.class);
    assertThat(list.get(deadline)).isEqualTo(shows(target(1)));
  }

  @Test
  void keepsTheCachedListIfAFreshReadFails() {
    list.get(deadline);
    ec2.failNext(Api.TARGETS, FailureKind.THROTTLED);
    assertThat(list.fresh(deadline)).isInstanceOf(Answer.Failed.class);
    assertThat(list.get(deadline)).isEqualTo(shows(target(1)));
    assertThat(ec2.calls(Api.TARGETS)).hasSize(2);
  }

  private static Answer<List<MirrorTarget>> shows(MirrorTarget... targets) {
    return new Answer.Got<>(List.of(targets));
  }
}
