package io.trafficmirror.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.InstanceView;
import io.trafficmirror.embedded.TargetView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TargetsOnDemandTest {

  private static final Map<String, String> TAGS = Map.of("traffic-mirror-pipeline:pool", "digest");
  private static final TargetView TARGET =
      new TargetView("tmt-pool", Optional.of("eni-sensor"), Optional.empty(), TAGS);

  @Test
  void acceptsAnInstanceWithATarget() {
    assertThat(TargetsOnDemand.judge(List.of(TARGET), List.of(running())).isNone()).isTrue();
  }

  @Test
  void reportsAnInstanceWithoutATargetAsWrong() {
    assertThat(TargetsOnDemand.judge(List.of(), List.of(running())).wrong())
        .singleElement()
        .asString()
        .contains("i-sensor");
  }

  @Test
  void reportsATargetWithoutARunningInstanceAsWrong() {
    InstanceView gone = sensor("terminated", PolicyEntry.SENSOR_TYPE, PolicyEntry.SENSOR_IMAGE);
    assertThat(TargetsOnDemand.judge(List.of(TARGET), List.of(gone)).wrong())
        .singleElement()
        .asString()
        .contains("tmt-pool");
  }

  @Test
  void reportsAnInstanceThatDoesNotFollowThePolicyAsWrong() {
    InstanceView other = sensor("running", PolicyEntry.SENSOR_TYPE, "ami-other");
    assertThat(TargetsOnDemand.judge(List.of(TARGET), List.of(other)).wrong()).hasSize(1);
  }

  private static InstanceView running() {
    return sensor("running", PolicyEntry.SENSOR_TYPE, PolicyEntry.SENSOR_IMAGE);
  }

  static InstanceView sensor(String state, String type, String image) {
    return new InstanceView(
        "i-sensor",
        type,
        state,
        Optional.of(PolicyEntry.SENSORS_SUBNET),
        "us-east-1b",
        TAGS,
        new InstanceView.Launch(
            Optional.of(image), Optional.empty(), Instant.EPOCH, "required", "stop", Map.of()),
        Optional.of(
            new InstanceView.Interface("eni-sensor", List.of(PolicyEntry.SENSOR_GROUP), Map.of())));
  }
}
