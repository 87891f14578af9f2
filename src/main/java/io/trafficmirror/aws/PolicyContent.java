package io.trafficmirror.aws;

import io.trafficmirror.policy.PolicyParser;
import io.trafficmirror.policy.PolicyResult;
import io.trafficmirror.reconcile.Answer;
import io.trafficmirror.reconcile.FailureKind;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a policy, wherever they come from, to what the parser says of them. */
final class PolicyContent {
  private PolicyContent() {}

  /**
   * Reads no more than the parser takes: somebody else may write where the policy is, and what is
   * there may be of any size.
   */
  static Answer<PolicyResult> parse(String name, InputStream content) throws IOException {
    byte[] bytes = content.readNBytes(PolicyParser.MAX_BYTES + 1);
    return bytes.length > PolicyParser.MAX_BYTES
        ? Calls.failed(
            FailureKind.INVALID,
            "policy-too-large",
            "reading %s: it has more than %d bytes".formatted(name, PolicyParser.MAX_BYTES))
        : new Answer.Got<>(PolicyParser.parse(name, bytes));
  }
}
