package io.trafficmirror.port;

import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Scope;
import java.util.Optional;

/**
 * Where an operator finds what was given up on, with its payload, so that it can be put on the
 * stream again. To keep the same thing twice is to keep it once: its key is made of scope, stream,
 * shard, sequence number and instance.
 */
public interface FailureStore {

  /**
   * Keeps something.
   *
   * @param item what
   * @param deadline when to give up
   * @return where it was put; a failure means that the record has to be delivered again, whatever
   *     its kind
   */
  Answer<String> keep(Kept item, Deadline deadline);

  /**
   * What is kept.
   *
   * @param scope the account and Region that it is about
   * @param record the record that it came with
   * @param instance the instance that was left to the next look; empty for a record that was
   *     rejected as a whole
   * @param reason why, as a label and a sentence
   * @param payload what to put on the stream again
   * @param partitionKey the partition key to put it under
   */
  record Kept(
      Scope scope,
      StreamRecord record,
      Optional<InstanceId> instance,
      String reason,
      String detail,
      byte[] payload,
      String partitionKey) {}
}
