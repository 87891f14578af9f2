package io.trafficmirror.worlds;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Something that the function has kept aside, so that it can be replayed.
 *
 * @param payload the record as it was, as text
 * @param partitionKey under which it was
 */
record Kept(String payload, String partitionKey) {

  /** Everything that is kept below a prefix. */
  static List<Kept> below(S3Client s3, String bucket, String prefix) {
    return s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .map(key -> s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asUtf8String())
        .map(Kept::parse)
        .toList();
  }

  private static Kept parse(String json) {
    JsonObject kept = JsonParser.parseString(json).getAsJsonObject();
    byte[] payload = Base64.getDecoder().decode(kept.get("payload_base64").getAsString());
    return new Kept(
        new String(payload, StandardCharsets.UTF_8), kept.get("partition_key").getAsString());
  }
}
