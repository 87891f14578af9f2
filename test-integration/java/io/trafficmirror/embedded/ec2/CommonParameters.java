package io.trafficmirror.embedded.ec2;

import java.util.Set;

/** The common parameters of all actions: action, version and credentials. */
final class CommonParameters {

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

  private CommonParameters() {}

  static boolean isCommon(String name) {
    return NAMES.contains(name) || name.startsWith("X-Amz-");
  }
}
