package io.trafficmirror.worlds;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A record in the failure bucket, from which it can be replayed.
 *
 * @param payload the original data, as text
 * @param partitionKey the original partition key
 */
record StoredFailure(String payload, String partitionKey) {

  /** Every stored record under a prefix. */
  static List<StoredFailure> list(S3Client s3, String bucket, String prefix) {
    return s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .map(key -> s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asUtf8String())
        .map(StoredFailure::parse)
        .toList();
  }

  private static StoredFailure parse(String json) {
    JsonObject object = JsonParser.parseString(json).getAsJsonObject();
    byte[] payload = Base64.getDecoder().decode(object.get("payload_base64").getAsString());
    return new StoredFailure(
        new String(payload, StandardCharsets.UTF_8), object.get("partition_key").getAsString());
  }
}
