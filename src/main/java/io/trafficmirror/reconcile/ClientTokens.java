package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Action;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * The client token of a create: a digest of the complete request and of the record that caused it.
 * The same record asks for the same session with the same token, so a redelivery makes nothing new;
 * another record has another token, so a session that somebody deleted by hand can be made again.
 */
final class ClientTokens {

  private ClientTokens() {}

  /** 64 hexadecimal digits, the most that EC2 takes. */
  static String of(Action.CreateSession action, Map<String, String> tags, StreamRecord cause) {
    StringBuilder text = new StringBuilder();
    field(text, action.source().value());
    field(text, action.target().value());
    field(text, action.filter().value());
    field(text, Integer.toString(action.number()));
    field(text, action.entry());
    tags.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            tag -> {
              field(text, tag.getKey());
              field(text, tag.getValue());
            });
    field(text, cause.streamArn());
    field(text, cause.shardId());
    field(text, cause.sequenceNumber());
    return HexFormat.of().formatHex(sha256(text.toString()));
  }

  /** Lengths keep two different lists of fields from reading the same. */
  private static void field(StringBuilder text, String value) {
    text.append(value.length()).append(':').append(value).append(';');
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
