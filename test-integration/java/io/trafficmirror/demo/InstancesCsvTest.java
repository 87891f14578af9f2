package io.trafficmirror.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.demo.InstanceResult.Reason;
import io.trafficmirror.demo.InstanceResult.Session;
import io.trafficmirror.demo.InstanceResult.Status;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InstancesCsvTest {

  private static final String NAMES =
      "account,region,instance,interface,entry,session,target,reason,explanation\n";

  @Test
  void fillsTheColumnsOfEitherTheSessionOrTheReason() {
    assertThat(InstancesCsv.of(List.of(instance(new Session("tms-1", "tmt-1")))))
        .isEqualTo(NAMES + "1,r,i-1,eni-1,tags[0],tms-1,tmt-1,,\n");
    assertThat(InstancesCsv.of(List.of(instance(new Reason("gone", "EC2 does not return it")))))
        .isEqualTo(NAMES + "1,r,i-1,eni-1,tags[0],,,gone,EC2 does not return it\n");
  }

  @Test
  void quotesCommasQuotesAndLineEnds() {
    assertThat(InstancesCsv.of(List.of(instance(new Reason("a", "says \"no\", twice")))))
        .endsWith(",a,\"says \"\"no\"\", twice\"\n");
    assertThat(InstancesCsv.of(List.of(instance(new Reason("a", "one\r\ntwo")))))
        .endsWith(",a,\"one\r\ntwo\"\n");
  }

  @Test
  void leavesMissingValuesEmpty() {
    InstanceResult bare =
        new InstanceResult(
            "1", "r", "i-1", Optional.empty(), Optional.empty(), new Reason("a", "b"));

    assertThat(InstancesCsv.of(List.of(bare))).isEqualTo(NAMES + "1,r,i-1,,,,,a,b\n");
    assertThat(InstancesCsv.of(List.of())).isEqualTo(NAMES);
  }

  private static InstanceResult instance(Status status) {
    return new InstanceResult(
        "1", "r", "i-1", Optional.of("eni-1"), Optional.of("tags[0]"), status);
  }
}
