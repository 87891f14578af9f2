package io.trafficmirror.worlds;

import java.util.List;
import java.util.Optional;

/**
 * The names of a deployment's resources.
 *
 * @param stream the name of the stream
 * @param rules the names of the EventBridge rules
 * @param bucket the failure bucket
 * @param function the name of the function; empty if it does not run in Lambda
 * @param firstPage the record that the schedule puts on the stream
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
   * The record that starts a backfill run.
   *
   * @param partitionKey the partition key
   * @param input the data, with EventBridge Scheduler's context attributes
   */
  record FirstPage(String partitionKey, String input) {

    private static final String TIME = "<aws.scheduler.scheduled-time>";

    /** The data that the schedule puts at the given time. */
    String at(String time) {
      return input.replace(TIME, time);
    }
  }
}
