package io.trafficmirror.embedded;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * What a shard iterator stands for; callers see an opaque text.
 *
 * @param position of the next record in the shard
 * @param madeAt when it was handed out
 */
record ShardIterator(String stream, String shardId, int position, Instant madeAt) {

  /** How long an iterator lives, as the documentation of Kinesis's limits says. */
  private static final Duration LIFE = Duration.ofMinutes(5);

  String token() {
    String text = String.join("|", stream, shardId, position + "", madeAt.toEpochMilli() + "");
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a token.
   *
   * @throws RefusedCall where it is none, or too old
   */
  static ShardIterator read(String token, Instant now) {
    ShardIterator iterator = parsed(token);
    if (now.isAfter(iterator.madeAt.plus(LIFE))) {
      throw new RefusedCall(
          400, "ExpiredIteratorException", "Iterator expired. It was made at " + iterator.madeAt);
    }
    return iterator;
  }

  private static ShardIterator parsed(String token) {
    try {
      String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
      List<String> parts = List.of(text.split("\\|", -1));
      return new ShardIterator(
          parts.get(0),
          parts.get(1),
          Integer.parseInt(parts.get(2)),
          Instant.ofEpochMilli(Long.parseLong(parts.get(3))));
    } catch (IllegalArgumentException | IndexOutOfBoundsException broken) {
      throw new RefusedCall(400, "InvalidArgumentException", "Invalid ShardIterator.");
    }
  }
}
