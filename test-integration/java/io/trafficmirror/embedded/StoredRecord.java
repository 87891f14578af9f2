package io.trafficmirror.embedded;

import java.time.Instant;

/**
 * A record of a stream.
 *
 * @param shardId for example {@code shardId-000000000000}
 * @param sequenceNumber decimal; unique on the stream, increasing within the shard
 * @param partitionKey as put
 * @param arrivedAt the approximate arrival time, in milliseconds
 * @param data as put; not copied, so do not modify it
 */
public record StoredRecord(
    String shardId, String sequenceNumber, String partitionKey, Instant arrivedAt, byte[] data) {}
