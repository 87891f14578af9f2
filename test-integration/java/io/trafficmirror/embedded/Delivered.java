package io.trafficmirror.embedded;

import java.util.List;

/**
 * One invocation by an event source mapping.
 *
 * @param shardId the shard of its records
 * @param sequenceNumbers of its records, in order
 * @param outcome {@code ok}, {@code from} and the sequence number from which everything came back,
 *     or {@code failed} and the error's type
 */
public record Delivered(String shardId, List<String> sequenceNumbers, String outcome) {}
