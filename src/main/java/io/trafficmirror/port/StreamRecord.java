package io.trafficmirror.port;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One item of the Kinesis stream, as a batch brings it.
 *
 * @param position its place in the batch, 0 for the first one; in a batch, later places have higher
 *     sequence numbers
 * @param streamArn the stream; empty text where the batch does not say
 * @param shardId its shard, for example {@code shardId-000000000000}; empty text where the batch
 *     does not say
 * @param sequenceNumber Kinesis's number, decimal, as text
 * @param partitionKey its partition key; empty text where the batch does not say
 * @param arrivedAt when Kinesis took it, approximately
 * @param data what it carries; owned by this record and never changed
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
