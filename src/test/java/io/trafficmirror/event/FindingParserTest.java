package io.trafficmirror.event;

import static io.trafficmirror.event.Samples.at;
import static io.trafficmirror.event.Samples.changed;
import static io.trafficmirror.event.Samples.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonNull;
import com.google.gson.JsonParser;
import io.trafficmirror.event.MirrorEvent.Finding;
import io.trafficmirror.event.MirrorEvent.Ignored;
import io.trafficmirror.event.MirrorEvent.Malformed;
import io.trafficmirror.mirror.InstanceId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FindingParserTest {
  private static final String FINDING = "guardduty-instance-finding";
  private static final String ID = "2ab3c4d5e6f708192a3b4c5d6e7f8091";
  private static final InstanceId INSTANCE = new InstanceId("i-0123456789abcdef0");
  private static final String ABOUT =
      "finding " + ID + " of type UnauthorizedAccess:EC2/SSHBruteForce";

  @Test
  void parsesInstanceIdTypeAndTimeOfAFinding() {
    assertThat(parsed(FINDING))
        .isEqualTo(
            new Finding(
                INSTANCE,
                ID,
                "UnauthorizedAccess:EC2/SSHBruteForce",
                Optional.of(Instant.parse("2026-11-24T10:00:00Z"))));
  }

  @Test
  void parsesTheInstanceOfAFindingAboutABucket() {
    assertThat(parsed("guardduty-s3-finding-with-instance-details"))
        .isInstanceOfSatisfying(
            Finding.class,
            finding -> {
              assertThat(finding.instance()).isEqualTo(INSTANCE);
              assertThat(finding.findingType()).isEqualTo("Impact:S3/MaliciousIPCaller");
            });
  }

  @Test
  void parsesAFindingWithoutIdTypeAndTime() {
    MirrorEvent event =
        changed(
            FINDING,
            e -> {
              e.remove("time");
              at(e, "detail").remove("id");
              at(e, "detail").addProperty("type", 3);
            });
    assertThat(event).isEqualTo(new Finding(INSTANCE, "", "", Optional.empty()));
  }

  @Test
  void ignoresAGeneratedSample() {
    assertThat(parsed("guardduty-sample-finding"))
        .isEqualTo(new Ignored(IgnoredReason.SAMPLE_FINDING, ABOUT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "\"true\""})
  void ignoresAFindingWithTheSampleFlag(String flag) {
    MirrorEvent event =
        changed(
            FINDING,
            e ->
                at(e, "detail", "service", "additionalInfo")
                    .add("sample", JsonParser.parseString(flag)));
    assertThat(event).isEqualTo(new Ignored(IgnoredReason.SAMPLE_FINDING, ABOUT));
  }

  @Test
  void ignoresAFindingAboutTheSampleInstance() {
    MirrorEvent event =
        changed(
            "guardduty-sample-finding",
            e -> at(e, "detail", "service").add("additionalInfo", JsonNull.INSTANCE));
    assertThat(event).isEqualTo(new Ignored(IgnoredReason.SAMPLE_FINDING, ABOUT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "\"false\"", "null", "1", "{}"})
  void acceptsAnyValueOfTheSampleFlagOtherThanTrue(String flag) {
    MirrorEvent event =
        changed(
            FINDING,
            e ->
                at(e, "detail", "service", "additionalInfo")
                    .add("sample", JsonParser.parseString(flag)));
    assertThat(event).isInstanceOf(Finding.class);
  }

  @Test
  void ignoresAnArchivedFinding() {
    assertThat(parsed("guardduty-archived-finding"))
        .isEqualTo(new Ignored(IgnoredReason.ARCHIVED_FINDING, ABOUT));
  }

  @Test
  void ignoresAMemberAccountsFindingInAnEventOfOurs() {
    assertThat(parsed("guardduty-member-account-finding"))
        .isEqualTo(new Ignored(IgnoredReason.OTHER_ACCOUNT, ABOUT + " in account 444455556666"));
  }

  @Test
  void usesTheEventsAccountIfTheFindingHasNone() {
    MirrorEvent event =
        changed(
            FINDING,
            e -> {
              at(e, "detail").remove("accountId");
              e.addProperty("account", "444455556666");
            });
    assertThat(event)
        .isEqualTo(new Ignored(IgnoredReason.OTHER_ACCOUNT, ABOUT + " in account 444455556666"));
  }

  @Test
  void prefersTheFindingsAccountToTheEvents() {
    assertThat(changed(FINDING, e -> e.addProperty("account", "444455556666")))
        .isInstanceOf(Finding.class);
  }

  @Test
  void ignoresAFindingWithoutAnInstance() {
    assertThat(parsed("guardduty-finding-without-instance"))
        .isEqualTo(
            new Ignored(
                IgnoredReason.NO_INSTANCE,
                "finding " + ID + " of type Policy:IAMUser/RootCredentialUsage"));
  }

  @Test
  void ignoresAFindingWithAMissingOrNullParentOfTheInstance() {
    Ignored expected = new Ignored(IgnoredReason.NO_INSTANCE, ABOUT);
    assertThat(changed(FINDING, e -> at(e, "detail").remove("resource"))).isEqualTo(expected);
    assertThat(changed(FINDING, e -> at(e, "detail").add("resource", JsonNull.INSTANCE)))
        .isEqualTo(expected);
    assertThat(
            changed(
                FINDING,
                e -> at(e, "detail", "resource").add("instanceDetails", JsonNull.INSTANCE)))
        .isEqualTo(expected);
    assertThat(
            changed(
                FINDING,
                e ->
                    at(e, "detail", "resource", "instanceDetails")
                        .add("instanceId", JsonNull.INSTANCE)))
        .isEqualTo(expected);
  }

  @Test
  void rejectsAParentOfTheInstanceOfAnotherType() {
    assertThat(changed(FINDING, e -> at(e, "detail").addProperty("resource", "text")))
        .isEqualTo(new Malformed("detail.resource is not an object."));
    assertThat(changed(FINDING, e -> at(e, "detail", "resource").addProperty("instanceDetails", 1)))
        .isEqualTo(new Malformed("detail.resource.instanceDetails is not an object."));
    assertThat(
            changed(
                FINDING,
                e -> at(e, "detail", "resource", "instanceDetails").addProperty("instanceId", 1)))
        .isEqualTo(new Malformed("detail.resource.instanceDetails.instanceId is not a string."));
    assertThat(
            changed(
                FINDING,
                e ->
                    at(e, "detail", "resource", "instanceDetails")
                        .addProperty("instanceId", "GeneratedFindingInstanceId")))
        .isEqualTo(
            new Malformed(
                "detail.resource.instanceDetails.instanceId is not an instance id:"
                    + " 'GeneratedFindingInstanceId'."));
  }

  @Test
  void acceptsAServiceOfAnotherType() {
    assertThat(changed(FINDING, e -> at(e, "detail").addProperty("service", "text")))
        .isInstanceOf(Finding.class);
  }
}
