package io.trafficmirror.aws;

import io.trafficmirror.policy.PolicyParser;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.PolicyDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads the bytes of a policy file from any source. */
final class PolicyContent {
  private static final int CHUNK = 8_192;

  private PolicyContent() {}

  /**
   * Reads no more than the parser accepts, because others may be able to write to the policy's
   * location and the content may have any size.
   */
  static Answer<PolicyDocument> read(String name, InputStream content, Deadline deadline)
      throws IOException {
    ByteArrayOutputStream collected = new ByteArrayOutputStream();
    byte[] some = new byte[CHUNK];
    int count = content.read(some);
    while (count >= 0 && collected.size() <= PolicyParser.MAX_BYTES) {
      if (deadline.hasPassed()) {
        return Calls.outOfTime("reading " + name);
      }
      collected.write(some, 0, count);
      count = content.read(some);
    }
    byte[] bytes = collected.toByteArray();
    return bytes.length > PolicyParser.MAX_BYTES
        ? Calls.failed(
            FailureKind.INVALID,
            "policy-too-large",
            "reading %s: it has more than %d bytes".formatted(name, PolicyParser.MAX_BYTES))
        : new Answer.Got<>(new PolicyDocument(name, bytes));
  }
}
