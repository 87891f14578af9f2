package io.trafficmirror.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.demo.Verdict.Seen;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HandlerLogTest {
  private final HandlerLog log = new HandlerLog();

  @Test
  void rejectedRecordsAreCounted() {
    log.accept("{\"level\":\"WARN\",\"message\":\"record rejected\",\"reason\":\"not JSON\"}");

    assertThat(log.rejected()).isEqualTo(1);
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void whatADryRunWouldDoCountsOnceForEachInterface() {
    String line =
        """
        {"level":"INFO","message":"dry run: nothing was done","instance":"i-1","action":"create",\
        "interface":"eni-1","target":"tmt-1","filter":"tmf-1"}\
        """;
    log.accept(line);
    log.accept(line);

    assertThat(log.planned()).containsExactly(new Seen("i-1", "eni-1", "tmt-1", "tmf-1"));
  }

  @Test
  void outcomesAreAddedUpOverBatchesAndTriggers() {
    log.accept("{\"_aws\":{},\"Trigger\":\"launch\",\"Outcome\":\"created\",\"Outcomes\":3.0}");
    log.accept("{\"_aws\":{},\"Trigger\":\"finding\",\"Outcome\":\"created\",\"Outcomes\":2.0}");
    log.accept("{\"_aws\":{},\"Reason\":\"sample-finding\",\"IgnoredEvents\":1.0}");
    log.accept("{\"_aws\":{},\"BatchRecords\":7.0}");

    assertThat(log.outcomes()).isEqualTo(Map.of("created", 5, "sample-finding", 1));
  }

  @Test
  void warningsAboutTheFunctionAreKeptAndThoseAboutSingleInstancesAreNot() {
    String about = "{\"level\":\"WARN\",\"message\":\"not mirrored\",\"instance\":\"i-1\"}";
    String ready = "{\"level\":\"WARN\",\"message\":\"not ready: every record goes back\"}";
    log.accept(about);
    log.accept(ready);

    assertThat(log.warnings()).containsExactly(ready);
  }

  @Test
  void aLineThatIsNotJsonIsAWarningAndNoFailure() {
    log.accept("Exception in thread main");
    log.accept("7");

    assertThat(log.warnings()).hasSize(2).first().asString().contains("Exception in thread main");
  }
}
