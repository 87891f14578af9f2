package io.trafficmirror.embedded;

import java.util.List;

/**
 * One invocation by an event source mapping.
 *
 * @param shardId the shard of its records
 * @param sequenceNumbers the sequence numbers of its records, in order
 * @param outcome {@code ok}, {@code from} and the sequence number of the first returned record, or
 *     {@code failed} and the error type
 */
public record Delivered(String shardId, List<String> sequenceNumbers, String outcome) {}
