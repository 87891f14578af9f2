package io.trafficmirror.worlds;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Reads the records on a stream as a consumer does. */
final class StreamRecords {

  /**
   * The number of empty pages after which a shard counts as read; an empty page is not necessarily
   * the last.
   */
  private static final int EMPTY_PAGES = 3;

  private StreamRecords() {}

  /**
   * A record.
   *
   * @param data the data as text
   */
  record Item(String partitionKey, String data) {}

  /** All records that are on the stream now. */
  static List<Item> readAll(KinesisClient kinesis, String stream) {
    List<Item> all = new ArrayList<>();
    for (Shard shard : kinesis.listShards(request -> request.streamName(stream)).shards()) {
      read(kinesis, stream, shard.shardId(), all);
    }
    return all;
  }

  private static void read(KinesisClient kinesis, String stream, String shard, List<Item> all) {
    String iterator =
        kinesis
            .getShardIterator(
                request ->
                    request
                        .streamName(stream)
                        .shardId(shard)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    int empty = 0;
    while (iterator != null && empty < EMPTY_PAGES) {
      String from = iterator;
      GetRecordsResponse page = kinesis.getRecords(request -> request.shardIterator(from));
      page.records()
          .forEach(
              record ->
                  all.add(
                      new Item(
                          record.partitionKey(), record.data().asString(StandardCharsets.UTF_8))));
      boolean atTheEnd = page.millisBehindLatest() != null && page.millisBehindLatest() == 0;
      empty = page.records().isEmpty() ? empty + (atTheEnd ? EMPTY_PAGES : 1) : 0;
      iterator = page.nextShardIterator();
    }
  }
}
