package io.trafficmirror.port;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One item of the Kinesis stream, as delivered in a batch.
 *
 * @param position its index in the batch, from 0; within a batch, sequence numbers increase with
 *     the index
 * @param streamArn the stream; empty if the batch does not contain it
 * @param shardId its shard, for example {@code shardId-000000000000}; empty if the batch does not
 *     contain it
 * @param sequenceNumber the Kinesis sequence number, a decimal number as text
 * @param partitionKey its partition key; empty if the batch does not contain it
 * @param arrivedAt the approximate time at which Kinesis received it
 * @param data its payload; owned by this record and never modified
 */
public record StreamRecord(
    int position,
    String streamArn,
    String shardId,
    String sequenceNumber,
    String partitionKey,
    Instant arrivedAt,
    byte[] data) {

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StreamRecord that
        && position == that.position
        && streamArn.equals(that.streamArn)
        && shardId.equals(that.shardId)
        && sequenceNumber.equals(that.sequenceNumber)
        && partitionKey.equals(that.partitionKey)
        && arrivedAt.equals(that.arrivedAt)
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return sequenceNumber.hashCode();
  }
}
