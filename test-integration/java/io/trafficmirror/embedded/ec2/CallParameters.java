package io.trafficmirror.embedded.ec2;

import java.util.Set;

/** The parameters that say which call it is and who makes it; every action takes them. */
final class CallParameters {

  private static final Set<String> NAMES =
      Set.of(
          "Action",
          "Version",
          "AWSAccessKeyId",
          "Signature",
          "SignatureMethod",
          "SignatureVersion",
          "SecurityToken",
          "Timestamp",
          "Expires");

  private CallParameters() {}

  static boolean isAboutTheCall(String name) {
    return NAMES.contains(name) || name.startsWith("X-Amz-");
  }
}
