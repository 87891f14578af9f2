package io.trafficmirror.event;

import static io.trafficmirror.event.Samples.at;
import static io.trafficmirror.event.Samples.changed;
import static io.trafficmirror.event.Samples.parse;
import static io.trafficmirror.event.Samples.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonNull;
import com.google.gson.JsonParser;
import io.trafficmirror.event.MirrorEvent.BackfillPage;
import io.trafficmirror.event.MirrorEvent.Ignored;
import io.trafficmirror.event.MirrorEvent.InstanceRequested;
import io.trafficmirror.event.MirrorEvent.InstanceRunning;
import io.trafficmirror.event.MirrorEvent.Malformed;
import io.trafficmirror.mirror.InstanceId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventParserTest {
  private static final InstanceId INSTANCE = new InstanceId("i-0123456789abcdef0");
  private static final Optional<Instant> TEN = Optional.of(Instant.parse("2026-11-24T10:00:00Z"));
  private static final Optional<Instant> FIVE_PAST =
      Optional.of(Instant.parse("2026-11-24T10:05:00Z"));

  @Test
  void parsesARunningInstanceWithTheTimeOfTheEvent() {
    assertThat(parsed("ec2-instance-running")).isEqualTo(new InstanceRunning(INSTANCE, TEN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pending", "stopping", "stopped", "shutting-down", "terminated", "odd"})
  void ignoresEveryOtherStateByName(String state) {
    MirrorEvent event =
        changed("ec2-instance-running", e -> at(e, "detail").addProperty("state", state));
    assertThat(event).isEqualTo(new Ignored(IgnoredReason.OTHER_STATE, INSTANCE + " is " + state));
  }

  @Test
  void ignoresAStateChangeOfAnotherAccount() {
    MirrorEvent event =
        changed("ec2-instance-running", e -> e.addProperty("account", "444455556666"));
    assertThat(event)
        .isEqualTo(new Ignored(IgnoredReason.OTHER_ACCOUNT, INSTANCE + " in account 444455556666"));
  }

  @Test
  void acceptsAnyAccountIfTheOwnAccountIsUnknown() {
    assertThat(EventParser.parse(Samples.bytes("ec2-instance-running"), ""))
        .isInstanceOf(InstanceRunning.class);
  }

  @Test
  void acceptsAnEventWithoutAnAccount() {
    assertThat(changed("ec2-instance-running", e -> e.remove("account")))
        .isInstanceOf(InstanceRunning.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "\"yesterday\"", "{}"})
  void treatsAnInvalidTimeAsMissing(String time) {
    MirrorEvent event =
        changed("ec2-instance-running", e -> e.add("time", JsonParser.parseString(time)));
    assertThat(event).isEqualTo(new InstanceRunning(INSTANCE, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null         | detail.instance-id is missing.",
        "5            | detail.instance-id is not a string.",
        "{}           | detail.instance-id is not a string.",
        "\"\"         | detail.instance-id is not an instance id: ''.",
        "\"eni-0abc\" | detail.instance-id is not an instance id: 'eni-0abc'."
      })
  void rejectsAStateChangeOrRequestWithoutAValidInstanceId(String id, String reason) {
    for (String sample : new String[] {"ec2-instance-running", "instance-request"}) {
      MirrorEvent event =
          changed(sample, e -> at(e, "detail").add("instance-id", JsonParser.parseString(id)));
      assertThat(event).isEqualTo(new Malformed(reason));
    }
  }

  @Test
  void quotesOnlyAnExcerptOfALongValue() {
    MirrorEvent event =
        changed(
            "instance-request",
            e -> at(e, "detail").addProperty("instance-id", "i-" + "x".repeat(5_000)));
    assertThat(event)
        .isEqualTo(
            new Malformed(
                "detail.instance-id is not an instance id: 'i-" + "x".repeat(38) + "…'."));
  }

  @Test
  void rejectsAStateChangeWithoutAState() {
    assertThat(changed("ec2-instance-running", e -> at(e, "detail").remove("state")))
        .isEqualTo(new Malformed("detail.state is missing."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ec2-instance-running",
        "guardduty-instance-finding",
        "backfill-page-first",
        "instance-request",
        "target-sweep"
      })
  void rejectsAnEventWithoutADetailObject(String sample) {
    assertThat(changed(sample, e -> e.remove("detail")))
        .isEqualTo(new Malformed("detail is missing."));
    assertThat(changed(sample, e -> e.add("detail", JsonNull.INSTANCE)))
        .isEqualTo(new Malformed("detail is missing."));
    assertThat(changed(sample, e -> e.addProperty("detail", "text")))
        .isEqualTo(new Malformed("detail is not an object."));
  }

  @ParameterizedTest
  @CsvSource({
    "tag-change-on-instance, aws.tag / Tag Change on Resource",
    "cloudtrail-run-instances, aws.ec2 / AWS API Call via CloudTrail"
  })
  void ignoresAnUnknownTypeBySourceAndDetailType(String sample, String about) {
    assertThat(parsed(sample)).isEqualTo(new Ignored(IgnoredReason.UNKNOWN_EVENT_TYPE, about));
  }

  @Test
  void ignoresAKnownDetailTypeFromAnotherSource() {
    MirrorEvent event = changed("backfill-page-first", e -> e.addProperty("source", "aws.ec2"));
    assertThat(event)
        .isEqualTo(new Ignored(IgnoredReason.UNKNOWN_EVENT_TYPE, "aws.ec2 / Backfill Page"));
  }

  @Test
  void cutsALongUnknownTypeAtTwoHundredCharacters() {
    MirrorEvent event =
        changed("backfill-page-first", e -> e.addProperty("source", "s".repeat(999)));
    assertThat(event)
        .isEqualTo(new Ignored(IgnoredReason.UNKNOWN_EVENT_TYPE, "s".repeat(200) + "…"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"source", "detail-type"})
  void rejectsAnEventWithoutASourceOrDetailType(String key) {
    assertThat(changed("ec2-instance-running", e -> e.remove(key)))
        .isEqualTo(new Malformed(key + " is missing."));
    assertThat(changed("ec2-instance-running", e -> e.addProperty(key, 1)))
        .isEqualTo(new Malformed(key + " is not a string."));
  }

  @Test
  void parsesAnInstanceRequest() {
    assertThat(parsed("instance-request")).isEqualTo(new InstanceRequested(INSTANCE, FIVE_PAST));
  }

  @ParameterizedTest
  @CsvSource({"instance-request, i-0123456789abcdef0", "backfill-page-first, a backfill page"})
  void ignoresOurOwnEventsFromAnotherAccount(String sample, String what) {
    assertThat(changed(sample, e -> e.addProperty("account", "444455556666")))
        .isEqualTo(new Ignored(IgnoredReason.OTHER_ACCOUNT, what + " in account 444455556666"));
  }

  @Test
  void appliesDefaultsToAPageThatOnlyHasARunId() {
    assertThat(parsed("backfill-page-first"))
        .isEqualTo(new BackfillPage("nightly", Optional.empty(), 1, 200, Optional.empty(), 0));
  }

  @Test
  void parsesALaterPage() {
    assertThat(parsed("backfill-page-later"))
        .isEqualTo(new BackfillPage("nightly", TEN, 17, 500, Optional.of("eyJ2IjoiMiJ9"), 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "run-id     | null             | is missing.",
        "run-id     | 7                | is not a string.",
        "run-id     | \"\"             | is not a string of 1 to 256 characters.",
        "page       | 0                | is not a whole number from 1 to 2147483647.",
        "page       | 2147483648       | is not a whole number from 1 to 2147483647.",
        "page       | 1.5              | is not a whole number from 1 to 2147483647.",
        "page       | \"1\"            | is not a whole number from 1 to 2147483647.",
        "page       | 1e999999999      | is not a whole number from 1 to 2147483647.",
        "page       | 1e99999999999999 | is not a whole number from 1 to 2147483647.",
        "page-size  | 4                | is not a whole number from 5 to 1000.",
        "page-size  | 1001             | is not a whole number from 5 to 1000.",
        "page-size  | true             | is not a whole number from 5 to 1000.",
        "token      | 1                | is not a string.",
        "started-at | \"noon\"         | is not a timestamp in ISO 8601: 'noon'.",
        "started-at | 1764000000       | is not a string.",
        "restarts   | -1               | is not a whole number from 0 to 2147483647."
      })
  void rejectsAnInvalidPageByFieldPath(String key, String value, String what) {
    assertThat(page(key, value)).isEqualTo(new Malformed("detail." + key + " " + what));
  }

  @ParameterizedTest
  @CsvSource({"5, 5", "1000, 1000", "200.0, 200", "2e2, 200"})
  void acceptsAPageSizeWithinTheLimitsOfEc2(String written, int size) {
    assertThat(((BackfillPage) page("page-size", written)).size()).isEqualTo(size);
  }

  @Test
  void parsesANumberOfUpToThirtyTwoCharacters() {
    assertThat(((BackfillPage) page("page", "1." + "0".repeat(30))).page()).isEqualTo(1);
    assertThat(page("page", "1." + "0".repeat(31))).isInstanceOf(Malformed.class);
  }

  @Test
  void acceptsARunIdOfUpTo256Characters() {
    assertThat(page("run-id", '"' + "r".repeat(256) + '"')).isInstanceOf(BackfillPage.class);
    assertThat(page("run-id", '"' + "r".repeat(257) + '"')).isInstanceOf(Malformed.class);
  }

  @Test
  void treatsAnEmptyTokenAsMissing() {
    assertThat(((BackfillPage) page("token", "\"\"")).token()).isEmpty();
  }

  @Test
  void everyReasonHasAUniqueLabel() {
    assertThat(IgnoredReason.values())
        .extracting(IgnoredReason::label)
        .doesNotHaveDuplicates()
        .allMatch(label -> label.matches("[a-z]+(-[a-z]+)+"));
  }

  private static MirrorEvent page(String key, String json) {
    return parse(
        """
        {"source": "traffic-mirror-pipeline", "detail-type": "Backfill Page",
         "detail": {%s "%s": %s}}\
        """
            .formatted(key.equals("run-id") ? "" : "\"run-id\": \"r\",", key, json));
  }
}
