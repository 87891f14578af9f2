package io.trafficmirror.aws;

import static io.trafficmirror.aws.World.failure;
import static io.trafficmirror.aws.World.got;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.policy.PolicyParser;
import io.trafficmirror.policy.PolicyResult;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.PolicyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicySourcesTest {
  private static final String POLICY =
      """
      vpcs:
        - vpcId: vpc-0a1
          targetId: tmt-0a1
          filterId: tmf-0a1
      """;

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void readsAFileOnEveryLoad(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("policy.yaml"), POLICY);
    FilePolicySource source = new FilePolicySource(file);
    assertThat(parsed(source.load(world.inAMinute()))).isInstanceOf(PolicyResult.Valid.class);
    Files.writeString(file, "vpc: []");
    assertThat(parsed(source.load(world.inAMinute())))
        .isInstanceOfSatisfying(
            PolicyResult.Invalid.class,
            invalid ->
                assertThat(invalid.problems())
                    .allMatch(problem -> problem.file().equals(file.toString())));
  }

  @Test
  void mapsAMissingFileToUnavailable(@TempDir Path folder) {
    Failure failure =
        failure(new FilePolicySource(folder.resolve("none.yaml")).load(world.inAMinute()));
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure.code()).isEqualTo("policy-not-readable");
    assertThat(failure.message()).contains("none.yaml");
  }

  @Test
  void mapsAFolderToUnavailable(@TempDir Path folder) {
    assertThat(failure(new FilePolicySource(folder).load(world.inAMinute())).kind())
        .isEqualTo(FailureKind.UNAVAILABLE);
  }

  @Test
  void readsNoMoreThanTheParserAccepts(@TempDir Path folder) throws IOException {
    byte[] largest =
        (POLICY + "#".repeat(PolicyParser.MAX_BYTES - POLICY.length())).getBytes(UTF_8);
    Path file = Files.write(folder.resolve("large.yaml"), largest);
    assertThat(parsed(new FilePolicySource(file).load(world.inAMinute())))
        .isInstanceOf(PolicyResult.Valid.class);
    Files.writeString(file, new String(largest, UTF_8) + "#");
    Failure failure = failure(new FilePolicySource(file).load(world.inAMinute()));
    assertThat(failure.kind()).isEqualTo(FailureKind.INVALID);
    assertThat(failure.code()).isEqualTo("policy-too-large");
  }

  @Test
  void readsTheConfiguredVersionOfAnObject() {
    object(POLICY);
    assertThat(parsed(source(Optional.of("v1")).load(world.inAMinute())))
        .isInstanceOf(PolicyResult.Valid.class);
    assertThat(world.http.requests().getFirst().http().rawQueryParameters())
        .containsKey("versionId");
    assertThat(world.http.requests().getFirst().http().encodedPath()).endsWith("/us-east-1.yaml");
    object("nonsense");
    assertThat(parsed(source(Optional.empty()).load(world.inAMinute())))
        .isInstanceOf(PolicyResult.Invalid.class);
    assertThat(world.http.requests().getLast().http().rawQueryParameters())
        .doesNotContainKey("versionId");
  }

  @Test
  void rejectsAnObjectThatIsTooLarge() {
    object("#".repeat(PolicyParser.MAX_BYTES + 1));
    assertThat(failure(source(Optional.empty()).load(world.inAMinute())).code())
        .isEqualTo("policy-too-large");
  }

  @ParameterizedTest
  @CsvSource({
    "404, NoSuchKey, UNAVAILABLE",
    "404, NoSuchBucket, UNAVAILABLE",
    "403, AccessDenied, DENIED"
  })
  void namesAPolicyThatCannotBeRead(int status, String code, FailureKind kind) {
    world.http.reply(
        new FakeHttp.Reply.Answer(
            status, Map.of(), "<Error><Code>%s</Code></Error>".formatted(code)));
    Failure failure = failure(source(Optional.of("v1")).load(world.inAMinute()));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.message())
        .startsWith("GetObject of s3://policies/us-east-1.yaml?versionId=v1: AWS returned " + code);
  }

  @Test
  void mapsATruncatedObjectToUnavailable() {
    world.http.reply(new FakeHttp.Reply.CutBody(200, "vpcs:"));
    assertThat(failure(source(Optional.empty()).load(world.inAMinute())).kind())
        .isEqualTo(FailureKind.UNAVAILABLE);
  }

  private void object(String content) {
    world.http.reply(new FakeHttp.Reply.Answer(200, Map.of(), content));
  }

  private S3PolicySource source(Optional<String> version) {
    return new S3PolicySource(world.clients.s3(), "policies", "us-east-1.yaml", version);
  }

  private static PolicyResult parsed(Answer<PolicyDocument> answer) {
    PolicyDocument document = got(answer);
    return PolicyParser.parse(document.name(), document.content());
  }
}
