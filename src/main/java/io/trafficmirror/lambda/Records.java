package io.trafficmirror.lambda;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import io.trafficmirror.port.StreamRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts Lambda's Kinesis event to records. Every part of the event may be missing. */
final class Records {

  private Records() {}

  /**
   * The records of a batch, in its order.
   *
   * @param now the arrival time of records without one
   */
  static List<StreamRecord> of(@Nullable KinesisEvent event, Instant now) {
    if (event == null || event.getRecords() == null) {
      return List.of();
    }
    List<StreamRecord> records = new ArrayList<>(event.getRecords().size());
    for (KinesisEventRecord item : event.getRecords()) {
      records.add(record(records.size(), item, now));
    }
    return records;
  }

  private static StreamRecord record(int position, @Nullable KinesisEventRecord item, Instant now) {
    if (item == null || item.getKinesis() == null) {
      return new StreamRecord(position, "", "", "", "", now, new byte[0]);
    }
    KinesisEvent.Record kinesis = item.getKinesis();
    Date arrived = kinesis.getApproximateArrivalTimestamp();
    return new StreamRecord(
        position,
        text(item.getEventSourceARN()),
        shardId(text(item.getEventID())),
        text(kinesis.getSequenceNumber()),
        text(kinesis.getPartitionKey()),
        arrived == null ? now : arrived.toInstant(),
        bytes(kinesis.getData()));
  }

  /** An event id is {@code shardId-000000000000:sequence number}. */
  private static String shardId(String eventId) {
    int colon = eventId.indexOf(':');
    return colon < 0 ? "" : eventId.substring(0, colon);
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static byte[] bytes(@Nullable ByteBuffer data) {
    if (data == null) {
      return new byte[0];
    }
    byte[] copy = new byte[data.remaining()];
    data.duplicate().get(copy);
    return copy;
  }
}
