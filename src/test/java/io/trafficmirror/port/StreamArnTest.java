package io.trafficmirror.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamArnTest {

  @Test
  void parsesRegionAccountAndStreamName() {
    StreamArn arn = StreamArn.parse("arn:aws-cn:kinesis:cn-north-1:111122223333:stream/a/b:c");
    assertThat(arn).isEqualTo(new StreamArn("cn-north-1", "111122223333", "a/b:c"));
    assertThat(arn.scope()).isEqualTo(new Scope("111122223333", "cn-north-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "arn:aws:kinesis:us-east-1:111122223333",
        "arn:aws:kinesis:us-east-1:111122223333:streams",
        "a:b:c:d:e:f"
      })
  void returnsEmptyPartsForAnyOtherText(String text) {
    assertThat(StreamArn.parse(text)).isEqualTo(new StreamArn("", "", ""));
    assertThat(StreamArn.parse(text).scope()).isEqualTo(new Scope("", ""));
  }
}
