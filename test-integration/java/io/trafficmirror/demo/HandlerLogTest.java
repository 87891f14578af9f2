package io.trafficmirror.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.demo.HandlerLog.Planned;
import io.trafficmirror.demo.HandlerLog.Slot;
import io.trafficmirror.demo.InstanceResult.Reason;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HandlerLogTest {
  private final HandlerLog log = new HandlerLog();

  @Test
  void countsRejectedRecords() {
    log.accept("{\"level\":\"WARN\",\"message\":\"record rejected\",\"reason\":\"not JSON\"}");

    assertThat(log.rejected()).isEqualTo(1);
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void countsAPlannedSessionOncePerInterface() {
    String line =
        """
        {"level":"INFO","message":"dry run: nothing was written","instance":"i-1",\
        "outcome":"would-apply","action":"create","interface":"eni-1","target":"tmt-1",\
        "filter":"tmf-1"}\
        """;
    log.accept(line);
    log.accept(line);

    assertThat(log.planned())
        .containsExactly(new Planned("i-1", "eni-1", "tmt-1", Optional.empty(), "tmf-1"));
    assertThat(log.reason("i-1")).isEmpty();
  }

  @Test
  void identifiesAPlannedTargetByTheSlotOfItsLaunch() {
    log.accept(launch("i-dry-run-1", 0));
    log.accept(session("i-1", "tmt-dry-run-1"));
    // The next dry run starts numbering from 1 again.
    log.accept(launch("i-dry-run-1", 4));
    log.accept(session("i-2", "tmt-dry-run-1"));

    assertThat(log.planned())
        .extracting(Planned::slot)
        .containsExactly(Optional.of(new Slot("p", 0, 0)), Optional.of(new Slot("p", 4, 0)));
  }

  @Test
  void countsALaunchOncePerSlot() {
    log.accept(launch("i-dry-run-1", 0));
    log.accept(launch("i-dry-run-2", 1));
    log.accept(launch("i-dry-run-1", 1));

    assertThat(log.launches()).containsExactly(new Slot("p", 0, 0), new Slot("p", 1, 0));
  }

  @Test
  void usesTheLastOutcomeOfAnInstanceAsItsReason() {
    log.accept(
        """
        {"message":"retrying with the batch","instance":"i-1","outcome":"retry-batch",\
        "code":"PoolGrows","detail":"later"}\
        """);
    assertThat(log.reason("i-1")).contains(new Reason("retry-batch", "later"));

    log.accept(
        """
        {"message":"not mirrored","instance":"i-1","outcome":"unsupported-source",\
        "why":"EC2 cannot mirror this instance type","code":"x","detail":"AWS returned x"}\
        """);
    assertThat(log.reason("i-1"))
        .contains(
            new Reason(
                "unsupported-source", "EC2 cannot mirror this instance type: AWS returned x"));

    log.accept("{\"message\":\"session created\",\"instance\":\"i-1\",\"outcome\":\"created\"}");
    assertThat(log.reason("i-1")).isEmpty();
  }

  private static String launch(String instance, int slot) {
    return """
    {"message":"dry run: a target would be launched","pool":"p","slot":%d,"generation":0,\
    "instance":"%s"}\
    """
        .formatted(slot, instance);
  }

  private static String session(String instance, String target) {
    return """
    {"message":"dry run: nothing was written","instance":"%1$s","outcome":"would-apply",\
    "action":"create","interface":"eni-of-%1$s","target":"%2$s","filter":"tmf-1"}\
    """
        .formatted(instance, target);
  }

  @Test
  void sumsOutcomesOverBatchesAndTriggers() {
    log.accept("{\"_aws\":{},\"Trigger\":\"launch\",\"Outcome\":\"created\",\"Outcomes\":3.0}");
    log.accept("{\"_aws\":{},\"Trigger\":\"finding\",\"Outcome\":\"created\",\"Outcomes\":2.0}");
    log.accept("{\"_aws\":{},\"Reason\":\"sample-finding\",\"IgnoredEvents\":1.0}");
    log.accept("{\"_aws\":{},\"BatchRecords\":7.0}");

    assertThat(log.outcomes()).isEqualTo(Map.of("created", 5, "sample-finding", 1));
  }

  @Test
  void recordsWarningsExceptThoseAboutSingleInstances() {
    String about = "{\"level\":\"WARN\",\"message\":\"not mirrored\",\"instance\":\"i-1\"}";
    String ready = "{\"level\":\"WARN\",\"message\":\"not ready: retrying every record\"}";
    log.accept(about);
    log.accept(ready);

    assertThat(log.warnings()).containsExactly(ready);
  }

  @Test
  void recordsALineThatIsNotJsonAsAWarning() {
    log.accept("Exception in thread main");
    log.accept("7");

    assertThat(log.warnings()).hasSize(2).first().asString().contains("Exception in thread main");
  }
}
