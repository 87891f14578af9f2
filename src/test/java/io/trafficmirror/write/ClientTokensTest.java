package io.trafficmirror.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.FilterId;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.Source;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.mirror.TargetRef;
import io.trafficmirror.port.StreamRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientTokensTest {

  private static final Instant NOW = VirtualTime.START;
  private static final String STREAM = "arn:aws:kinesis:us-east-1:111122223333:stream/s";
  private static final String SHARD = "shardId-000000000000";

  @Test
  void isADigestOfTheCompleteRequestAndTheRecord() {
    Action.CreateSession action = create("tmt-1", 100);
    Map<String, String> tags = Map.of("a", "b", "c", "d");
    String token = ClientTokens.of(action, tags, record("100"));
    assertThat(token).matches("[0-9a-f]{64}");
    assertThat(
            List.of(
                token,
                ClientTokens.of(create("tmt-2", 100), tags, record("100")),
                ClientTokens.of(create("tmt-1", 101), tags, record("100")),
                ClientTokens.of(create("eni-2", "tags[0]", "tmf-1"), tags, record("100")),
                ClientTokens.of(create("eni-1", "tags[1]", "tmf-1"), tags, record("100")),
                ClientTokens.of(create("eni-1", "tags[0]", "tmf-2"), tags, record("100")),
                ClientTokens.of(action, Map.of("a", "b", "c", "e"), record("100")),
                ClientTokens.of(action, Map.of("a", "bc", "", "d"), record("100")),
                ClientTokens.of(action, tags, record("101")),
                ClientTokens.of(action, tags, record(0, STREAM + "2", SHARD, "100", NOW)),
                ClientTokens.of(action, tags, record(0, STREAM, "shardId-1", "100", NOW))))
        .doesNotHaveDuplicates();
  }

  @Test
  void ignoresTheOrderOfTags() {
    Action.CreateSession action = create("tmt-1", 100);
    assertThat(ClientTokens.of(action, Map.of("c", "d", "a", "b"), record("100")))
        .isEqualTo(ClientTokens.of(action, Map.of("a", "b", "c", "d"), record("100")));
  }

  @Test
  void aRedeliveredRecordHasTheSameTokenAtAnyPosition() {
    StreamRecord once = record(4, STREAM, SHARD, "104", NOW);
    StreamRecord again = record(0, STREAM, SHARD, "104", NOW.plusSeconds(9));
    assertThat(ClientTokens.of(create("tmt-1", 100), Map.of(), again))
        .isEqualTo(ClientTokens.of(create("tmt-1", 100), Map.of(), once));
  }

  private static Action.CreateSession create(String target, int number) {
    return new Action.CreateSession(
        source("eni-1"),
        "tags[0]",
        new TargetRef.Existing(new TargetId(target)),
        new FilterId("tmf-1"),
        number);
  }

  private static Action.CreateSession create(String networkInterface, String entry, String filter) {
    return new Action.CreateSession(
        source(networkInterface),
        entry,
        new TargetRef.Existing(new TargetId("tmt-1")),
        new FilterId(filter),
        100);
  }

  private static Source source(String networkInterface) {
    return new Source(
        new Scope("111122223333", "us-east-1"),
        new InstanceId("i-1"),
        new InterfaceId(networkInterface));
  }

  private static StreamRecord record(String number) {
    return record(0, STREAM, SHARD, number, NOW);
  }

  private static StreamRecord record(
      int position, String stream, String shard, String number, Instant arrivedAt) {
    return new StreamRecord(position, stream, shard, number, "key", arrivedAt, new byte[0]);
  }
}
