package io.trafficmirror.port;

import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Scope;
import java.util.Optional;

/**
 * Stores rejected records and instances whose retries are exhausted, with their payloads, so that
 * an operator can put them on the stream again. Storing an item twice leaves one object, because
 * its key consists of scope, stream, shard, sequence number and instance.
 */
public interface FailureStore {

  /**
   * Stores an item. May be repeated.
   *
   * @param item the item
   * @param deadline when to stop trying
   * @return the location of the item; on a failure of any kind the record has to be delivered again
   */
  Answer<String> store(FailedItem item, Deadline deadline);

  /**
   * A rejected record, or an instance whose retries are exhausted.
   *
   * @param scope the account and Region that it concerns
   * @param record the record that contained it
   * @param instance the instance whose retries are exhausted; empty for a rejected record
   * @param reason the reason, as a label
   * @param detail the reason, as a sentence
   * @param payload the data to put on the stream again
   * @param partitionKey the partition key to use
   */
  record FailedItem(
      Scope scope,
      StreamRecord record,
      Optional<InstanceId> instance,
      String reason,
      String detail,
      byte[] payload,
      String partitionKey) {}
}
