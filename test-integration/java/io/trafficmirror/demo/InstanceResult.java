package io.trafficmirror.demo;

import java.util.Optional;

/**
 * How an instance stands at the end of a run.
 *
 * @param account the account that it is in
 * @param region the Region that it is in
 * @param instance its id
 * @param networkInterface its primary interface; empty where EC2 shows none
 * @param entry the policy entry that matches it; empty where none does, or none was tried
 * @param standing its session, or the reason why it has none
 */
record InstanceResult(
    String account,
    String region,
    String instance,
    Optional<String> networkInterface,
    Optional<String> entry,
    Standing standing) {

  /** The one or the other. */
  sealed interface Standing {}

  /**
   * It is mirrored as the policy wants it.
   *
   * @param id the id of the session
   * @param target the mirror target that it goes to
   */
  record Session(String id, String target) implements Standing {}

  /**
   * It is not.
   *
   * @param label the reason in a word, as in the function's log lines and metrics
   * @param explanation the reason as the end of a sentence about the instance
   */
  record Reason(String label, String explanation) implements Standing {}
}
