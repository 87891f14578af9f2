package io.trafficmirror.worlds;

import java.util.List;
import java.util.Optional;

/**
 * Where a deployment's parts are.
 *
 * @param stream the name of its stream
 * @param rules the names of its EventBridge rules
 * @param bucket the bucket for what is given up on
 * @param function the name of its function; empty where the function is none of Lambda's
 * @param firstPage what its schedule puts on the stream
 */
record Deployed(
    String stream,
    List<String> rules,
    String bucket,
    Optional<String> function,
    FirstPage firstPage) {

  /** Copies the list. */
  Deployed {
    rules = List.copyOf(rules);
  }

  /**
   * What starts a run over all instances.
   *
   * @param partitionKey where it goes
   * @param input the record, in which the scheduler replaces its own words
   */
  record FirstPage(String partitionKey, String input) {

    private static final String TIME = "<aws.scheduler.scheduled-time>";

    /** The record that the schedule puts when it fires at that time. */
    String at(String time) {
      return input.replace(TIME, time);
    }
  }
}
