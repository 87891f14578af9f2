package io.trafficmirror.aws;

import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.PolicyDocument;
import io.trafficmirror.port.PolicySource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The policy in a local file, packaged with the function or on a developer's machine. */
public final class FilePolicySource implements PolicySource {
  private final Path file;

  /**
   * Creates a source.
   *
   * @param file read on every {@link #load}; at most 1 MiB
   */
  public FilePolicySource(Path file) {
    this.file = file;
  }

  /**
   * {@inheritDoc}
   *
   * <p>A file that cannot be read counts as unavailable, because it may exist on the next attempt.
   */
  @Override
  public Answer<PolicyDocument> load(Deadline deadline) {
    try (InputStream content = Files.newInputStream(file)) {
      return PolicyContent.read(file.toString(), content, deadline);
    } catch (IOException e) {
      return Calls.failed(
          FailureKind.UNAVAILABLE, "policy-not-readable", "reading " + file + ": " + e);
    }
  }
}
