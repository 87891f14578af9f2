package io.trafficmirror.embedded;

import java.time.Instant;

/**
 * A record on a stream.
 *
 * @param shardId for example {@code shardId-000000000000}
 * @param sequenceNumber decimal, as text; unique on the stream, growing within the shard
 * @param partitionKey as it was put
 * @param arrivedAt when, to the millisecond
 * @param data as it was put; not copied, so not to be changed
 */
public record StoredRecord(
    String shardId, String sequenceNumber, String partitionKey, Instant arrivedAt, byte[] data) {}
