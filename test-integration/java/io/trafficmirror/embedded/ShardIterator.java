package io.trafficmirror.embedded;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * The content of a shard iterator, which is opaque to callers.
 *
 * @param position the position of the next record in the shard
 * @param madeAt when it was issued
 */
record ShardIterator(String stream, String shardId, int position, Instant madeAt) {

  /** The lifetime of an iterator (Kinesis API, GetShardIterator). */
  private static final Duration LIFE = Duration.ofMinutes(5);

  String token() {
    String text = String.join("|", stream, shardId, position + "", madeAt.toEpochMilli() + "");
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Parses a token.
   *
   * @throws ServiceException if it is invalid or expired
   */
  static ShardIterator read(String token, Instant now) {
    ShardIterator iterator = parsed(token);
    if (now.isAfter(iterator.madeAt.plus(LIFE))) {
      throw new ServiceException(
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
      throw new ServiceException(400, "InvalidArgumentException", "Invalid ShardIterator.");
    }
  }
}
