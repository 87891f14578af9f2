package io.trafficmirror.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.Session;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an attacker who can put records on the stream can and cannot cause. */
class ForgedRecordTest {

  private final LoggingHandler handler = new LoggingHandler();

  @Test
  void aRecordCannotChooseTargetFilterOrNumber() {
    String instance = handler.add(InstanceState.RUNNING, "vpc-0a1", Map.of("targetId", "tmt-evil"));
    handler.handle(
        List.of(
            """
            {"source": "aws.ec2", "detail-type": "EC2 Instance State-change Notification",
             "targetId": "tmt-evil", "filterId": "tmf-evil", "sessionNumber": 7,
             "detail": {"instance-id": "%s", "state": "running", "targetId": "tmt-evil",
               "filterId": "tmf-evil", "sessionNumber": 7, "entry": "tags[0]",
               "tags": {"traffic-mirror-pipeline:deployment": "other"}}}
            """
                .formatted(instance)));
    Session made = handler.sessions().getFirst();
    assertThat(handler.sessions()).hasSize(1);
    assertThat(made.target().value()).isEqualTo("tmt-0a1");
    assertThat(made.filter().value()).isEqualTo("tmf-0a1");
    assertThat(made.number()).isEqualTo(100);
    assertThat(made.tags())
        .containsEntry("traffic-mirror-pipeline:deployment", "prod")
        .containsEntry("traffic-mirror-pipeline:entry", "vpcs[0]")
        .doesNotContainValue("tmt-evil");
  }

  @Test
  void aLaunchOfAnUnmatchedInstanceCreatesNoSession() {
    handler.handleLaunchOf(handler.add(InstanceState.RUNNING, "vpc-0b2", Map.of()));
    assertThat(handler.sessions()).isEmpty();
  }

  @Test
  void aLaunchOfAStoppedInstanceCreatesNoSession() {
    handler.handleLaunchOf(handler.add(InstanceState.STOPPED, "vpc-0a1", Map.of()));
    assertThat(handler.sessions()).isEmpty();
  }
}
