package io.trafficmirror.worlds;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** What is on a stream, read as any consumer reads it. */
final class StreamLook {

  /** A page without records need not be the last one, even where records follow. */
  private static final int EMPTY_PAGES = 3;

  private StreamLook() {}

  /**
   * A record.
   *
   * @param data as text
   */
  record Item(String partitionKey, String data) {}

  /** Everything that is on the stream now. */
  static List<Item> at(KinesisClient kinesis, String stream) {
    List<Item> all = new ArrayList<>();
    for (Shard shard : kinesis.listShards(ask -> ask.streamName(stream)).shards()) {
      read(kinesis, stream, shard.shardId(), all);
    }
    return all;
  }

  private static void read(KinesisClient kinesis, String stream, String shard, List<Item> all) {
    String iterator =
        kinesis
            .getShardIterator(
                ask ->
                    ask.streamName(stream)
                        .shardId(shard)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    int empty = 0;
    while (iterator != null && empty < EMPTY_PAGES) {
      String from = iterator;
      GetRecordsResponse page = kinesis.getRecords(ask -> ask.shardIterator(from));
      page.records()
          .forEach(
              record ->
                  all.add(
                      new Item(
                          record.partitionKey(), record.data().asString(StandardCharsets.UTF_8))));
      boolean atTheTip = page.millisBehindLatest() != null && page.millisBehindLatest() == 0;
      empty = page.records().isEmpty() ? empty + (atTheTip ? EMPTY_PAGES : 1) : 0;
      iterator = page.nextShardIterator();
    }
  }
}
