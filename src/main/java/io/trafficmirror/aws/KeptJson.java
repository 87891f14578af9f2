package io.trafficmirror.aws;

import com.google.gson.JsonObject;
import io.trafficmirror.port.FailureStore.FailedItem;
import io.trafficmirror.port.StreamRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The format of an object in the failure bucket: the cause ({@code reason}, {@code detail}, {@code
 * instance_id}), the {@code account} and {@code region}, the origin of the record ({@code
 * stream_arn}, {@code shard_id}, {@code sequence_number}, {@code arrived_at}), and the data and the
 * partition key for a replay ({@code payload_base64}, {@code partition_key}). {@code payload_text}
 * is the payload in readable form, present only if it is valid UTF-8.
 */
final class KeptJson {
  private KeptJson() {}

  static byte[] write(FailedItem item) {
    StreamRecord record = item.record();
    JsonObject json = new JsonObject();
    json.addProperty("reason", item.reason());
    json.addProperty("detail", item.detail());
    json.addProperty("account", item.scope().account());
    json.addProperty("region", item.scope().region());
    json.addProperty("stream_arn", record.streamArn());
    json.addProperty("shard_id", record.shardId());
    json.addProperty("sequence_number", record.sequenceNumber());
    json.addProperty("partition_key", item.partitionKey());
    json.addProperty("arrived_at", record.arrivedAt().toString());
    item.instance().ifPresent(instance -> json.addProperty("instance_id", instance.value()));
    json.addProperty("payload_base64", Base64.getEncoder().encodeToString(item.payload()));
    text(item.payload()).ifPresent(text -> json.addProperty("payload_text", text));
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<String> text(byte[] payload) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(payload);
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
