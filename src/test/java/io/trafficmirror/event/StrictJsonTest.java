package io.trafficmirror.event;

import static io.trafficmirror.event.Samples.bytes;
import static io.trafficmirror.event.Samples.parse;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.event.MirrorEvent.Ignored;
import io.trafficmirror.event.MirrorEvent.InstanceRunning;
import io.trafficmirror.event.MirrorEvent.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StrictJsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                   | The JSON ends unexpectedly at $.",
        "`   `                | The JSON ends unexpectedly at $.",
        "{                    | The JSON ends unexpectedly at $..",
        "{\"a\": {\"b\": 1    | The JSON ends unexpectedly at $.a.b.",
        "{\"a\": [1, 2        | The JSON ends unexpectedly at $.a[2].",
        "[]                   | The record is JSON, but not an object.",
        "null                 | The record is JSON, but not an object.",
        "\"text\"             | The record is JSON, but not an object.",
        "17                   | The record is JSON, but not an object.",
        "{} {}                | The record is not valid JSON at $.",
        "{\"a\": 1} x         | The record is not valid JSON at $.",
        "{a: 1}               | The record is not valid JSON at $..",
        "{'a': 1}             | The record is not valid JSON at $..",
        "{\"a\": 'b'}         | The record is not valid JSON at $.a.",
        "{\"a\" = 1}          | The record is not valid JSON at $.a.",
        "{\"a\": 1; \"b\": 2} | The record is not valid JSON at $.a.",
        "{\"a\": 1,}          | The record is not valid JSON at $.a.",
        "{\"a\": [1,]}        | The record is not valid JSON at $.a[1].",
        "{\"a\": NaN}         | The record is not valid JSON at $.a.",
        "{\"a\": TRUE}        | The record is not valid JSON at $.a.",
        "{\"a\": 01}          | The record is not valid JSON at $.a.",
        "{\"a\": \"\\x\"}     | The record is not valid JSON at $.a.",
        "{} // why            | The record is not valid JSON at $.",
        "{\"a\": 1, \"a\": 1} | The JSON has the key 'a' twice in one object.",
        "{\"a\": [{\"b\": 1, \"b\": 2}]} | The JSON has the key 'b' twice in one object."
      })
  void rejectsAnythingButOneStrictObjectWithAReason(String text, String reason) {
    assertThat(parse(text)).isEqualTo(new Malformed(reason));
  }

  @Test
  void acceptsTheSameKeyInTwoObjects() {
    assertThat(parse("{\"source\": \"s\", \"detail-type\": \"t\", \"a\": {\"a\": {\"a\": []}}}"))
        .isInstanceOf(Ignored.class);
  }

  @Test
  void cutsALongDuplicateKeyInTheReason() {
    String key = "k".repeat(4_000);
    assertThat(parse("{\"%s\": 1, \"%s\": 2}".formatted(key, key)))
        .isEqualTo(
            new Malformed("The JSON has the key '" + "k".repeat(60) + "…' twice in one object."));
  }

  @Test
  void cutsALongPathInTheReason() {
    assertThat(parse("{\"" + "k".repeat(4_000) + "\": NaN}"))
        .isEqualTo(new Malformed("The record is not valid JSON at $." + "k".repeat(98) + "…."));
  }

  @Test
  void rejectsInvalidUtf8EvenInsideAString() {
    byte[] sample = bytes("ec2-instance-running");
    sample[new String(sample, StandardCharsets.US_ASCII).indexOf("eu-central")] = (byte) 0xff;
    assertThat(EventParser.parse(sample, ""))
        .isEqualTo(new Malformed("The record is not valid UTF-8."));
  }

  @Test
  void skipsAByteOrderMark() {
    String sample = new String(bytes("ec2-instance-running"), StandardCharsets.UTF_8);
    assertThat(parse("\ufeff" + sample)).isInstanceOf(InstanceRunning.class);
  }

  @Test
  void parsesTheLargestKinesisRecordAndRejectsALargerOne() {
    byte[] sample = bytes("ec2-instance-running");
    byte[] largest = Arrays.copyOf(sample, 10 * 1024 * 1024);
    Arrays.fill(largest, sample.length, largest.length, (byte) ' ');
    assertThat(EventParser.parse(largest, "")).isInstanceOf(InstanceRunning.class);
    assertThat(EventParser.parse(Arrays.copyOf(largest, largest.length + 1), ""))
        .isEqualTo(
            new Malformed("The record has 10485761 bytes, more than the limit of 10485760."));
  }

  @Test
  void parsesAnObjectOneHundredLevelsDeepAndRejectsADeeperOne() {
    assertThat(parse(nested(99))).isInstanceOf(Ignored.class);
    assertThat(parse(nested(100))).isInstanceOf(Malformed.class);
  }

  @Test
  void rejectsANestingBomb() {
    assertThat(parse("[".repeat(1_000_000))).isInstanceOf(Malformed.class);
    assertThat(parse("{\"a\":".repeat(1_000_000))).isInstanceOf(Malformed.class);
  }

  @Test
  void parsesOneHundredThousandValuesAndRejectsOneMore() {
    // The event itself, its source, its detail-type and the array are four of them.
    assertThat(parse(wide(100_000 - 4))).isInstanceOf(Ignored.class);
    assertThat(parse(wide(100_000 - 3)))
        .isEqualTo(new Malformed("The JSON has more than 100000 values."));
  }

  @Test
  void rejectsANumberOfAMillionDigits() {
    assertThat(parse("{\"a\": " + "9".repeat(1_000_000) + "}")).isInstanceOf(Malformed.class);
  }

  private static String nested(int arrays) {
    return "{\"source\": \"s\", \"detail-type\": \"t\", \"a\": %s%s}"
        .formatted("[".repeat(arrays), "]".repeat(arrays));
  }

  private static String wide(int zeros) {
    return "{\"source\": \"s\", \"detail-type\": \"t\", \"a\": [%s]}"
        .formatted(IntStream.range(0, zeros).mapToObj(i -> "0").collect(Collectors.joining(",")));
  }
}
