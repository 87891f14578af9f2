package io.trafficmirror.aws;

import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.PolicyDocument;
import io.trafficmirror.port.PolicySource;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The policy in an S3 bucket. */
public final class S3PolicySource implements PolicySource {
  /** Long enough for a slow response of S3, and short enough for an invocation. */
  private static final Duration MAX_CALL_TIME = Duration.ofSeconds(10);

  private final S3Client s3;
  private final String bucket;
  private final String key;
  private final Optional<String> version;

  /**
   * Creates a source.
   *
   * @param s3 a client that retries itself
   * @param bucket the bucket's name
   * @param key the key of the policy; an object of at most 1 MiB
   * @param version the version of the object; empty for the newest one
   */
  public S3PolicySource(S3Client s3, String bucket, String key, Optional<String> version) {
    this.s3 = s3;
    this.bucket = bucket;
    this.key = key;
    this.version = version;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Waits at most ten seconds for the start of the response, and stops at the deadline. A
   * missing bucket, object or version counts as unavailable, because it can be created later.
   */
  @Override
  public Answer<PolicyDocument> load(Deadline deadline) {
    String name = "s3://" + bucket + "/" + key + version.map(id -> "?versionId=" + id).orElse("");
    Answer<Answer<PolicyDocument>> answer =
        Calls.make(
            "GetObject of " + name,
            MAX_CALL_TIME,
            deadline,
            Ec2Errors::ofOtherService,
            limits -> get(name, deadline, limits));
    return switch (answer) {
      case Answer.Got<Answer<PolicyDocument>> got -> got.value();
      case Answer.Failed<Answer<PolicyDocument>> failed -> new Answer.Failed<>(failed.failure());
    };
  }

  private Answer<PolicyDocument> get(String name, Deadline deadline, Calls.Limits limits) {
    try (ResponseInputStream<GetObjectResponse> content =
        s3.getObject(
            request ->
                request
                    .bucket(bucket)
                    .key(key)
                    .versionId(version.orElse(null))
                    .overrideConfiguration(limits))) {
      Answer<PolicyDocument> answer = PolicyContent.read(name, content, deadline);
      if (answer instanceof Answer.Failed) {
        // Do not read the rest of an object that is too large just to reuse the connection.
        content.abort();
      }
      return answer;
    } catch (IOException e) {
      return Calls.failed(
          FailureKind.UNAVAILABLE,
          Ec2Errors.NO_ANSWER,
          "GetObject of " + name + ": the response was cut off: " + e.getMessage());
    }
  }
}
