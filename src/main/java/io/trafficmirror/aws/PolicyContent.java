package io.trafficmirror.aws;

import io.trafficmirror.policy.PolicyParser;
import io.trafficmirror.policy.PolicyResult;
import io.trafficmirror.reconcile.Answer;
import io.trafficmirror.reconcile.Deadline;
import io.trafficmirror.reconcile.FailureKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a policy, wherever they come from, to what the parser says of them. */
final class PolicyContent {
  private static final int CHUNK = 8_192;

  private PolicyContent() {}

  /**
   * Reads no more than the parser takes: somebody else may write where the policy is, and what is
   * there may be of any size.
   */
  static Answer<PolicyResult> parse(String name, InputStream content, Deadline deadline)
      throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] some = new byte[CHUNK];
    int count = content.read(some);
    while (count >= 0 && read.size() <= PolicyParser.MAX_BYTES) {
      if (deadline.passed()) {
        return Calls.outOfTime("reading " + name);
      }
      read.write(some, 0, count);
      count = content.read(some);
    }
    byte[] bytes = read.toByteArray();
    return bytes.length > PolicyParser.MAX_BYTES
        ? Calls.failed(
            FailureKind.INVALID,
            "policy-too-large",
            "reading %s: it has more than %d bytes".formatted(name, PolicyParser.MAX_BYTES))
        : new Answer.Got<>(PolicyParser.parse(name, bytes));
  }
}
