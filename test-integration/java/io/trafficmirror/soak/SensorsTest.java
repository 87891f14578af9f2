package io.trafficmirror.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.InstanceView;
import io.trafficmirror.embedded.TargetView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SensorsTest {

  private static final Map<String, String> TAGS = Map.of("traffic-mirror-pipeline:pool", "digest");
  private static final TargetView TARGET =
      new TargetView("tmt-pool", Optional.of("eni-sensor"), Optional.empty(), TAGS);

  @Test
  void anInstanceWithATargetIsWhole() {
    assertThat(Sensors.judge(List.of(TARGET), List.of(running())).isNone()).isTrue();
  }

  @Test
  void anInstanceWithoutATargetIsWrong() {
    assertThat(Sensors.judge(List.of(), List.of(running())).wrong())
        .singleElement()
        .asString()
        .contains("i-sensor");
  }

  @Test
  void aTargetWithoutALivingInstanceIsWrong() {
    InstanceView gone = sensor("terminated", Entry.SENSOR_TYPE, Entry.SENSOR_IMAGE);
    assertThat(Sensors.judge(List.of(TARGET), List.of(gone)).wrong())
        .singleElement()
        .asString()
        .contains("tmt-pool");
  }

  @Test
  void anInstanceThatWasLaunchedOtherwiseIsWrong() {
    InstanceView odd = sensor("running", Entry.SENSOR_TYPE, "ami-other");
    assertThat(Sensors.judge(List.of(TARGET), List.of(odd)).wrong()).hasSize(1);
  }

  private static InstanceView running() {
    return sensor("running", Entry.SENSOR_TYPE, Entry.SENSOR_IMAGE);
  }

  static InstanceView sensor(String state, String type, String image) {
    return new InstanceView(
        "i-sensor",
        type,
        state,
        Optional.of(Entry.SENSORS_SUBNET),
        "us-east-1b",
        TAGS,
        new InstanceView.Launch(
            Optional.of(image), Optional.empty(), Instant.EPOCH, "required", "stop", Map.of()),
        Optional.of(
            new InstanceView.Interface("eni-sensor", List.of(Entry.SENSOR_GROUP), Map.of())));
  }
}
