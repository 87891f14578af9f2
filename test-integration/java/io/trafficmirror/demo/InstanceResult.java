package io.trafficmirror.demo;

import java.util.Optional;

/**
 * The final result of an instance.
 *
 * @param account its account
 * @param region its Region
 * @param instance its id
 * @param networkInterface its primary interface; empty if EC2 shows none
 * @param entry the matching policy entry; empty if none matches or none was tried
 * @param status its session, or the reason why it has none
 */
record InstanceResult(
    String account,
    String region,
    String instance,
    Optional<String> networkInterface,
    Optional<String> entry,
    Status status) {

  /** A session or a reason. */
  sealed interface Status {}

  /**
   * The instance is mirrored according to the policy.
   *
   * @param id the session id
   * @param target the mirror target
   */
  record Session(String id, String target) implements Status {}

  /**
   * The instance is not mirrored.
   *
   * @param label the label of the reason, as in the log lines and metrics of the function
   * @param explanation the explanation; completes a sentence about the instance
   */
  record Reason(String label, String explanation) implements Status {}
}
