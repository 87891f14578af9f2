package io.trafficmirror.write;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.Fingerprint;
import io.trafficmirror.port.StreamRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Client tokens for creating sessions. A token is a digest of the complete request and of the
 * record that caused it. A redelivery of the record repeats the request with the same token and
 * creates nothing new; another record has another token, so a session that was deleted by hand can
 * be created again.
 */
final class ClientTokens {

  private ClientTokens() {}

  /** The token: 64 hexadecimal digits, the maximum that EC2 accepts. */
  static String of(Action.CreateSession action, Map<String, String> tags, StreamRecord cause) {
    List<String> texts = new ArrayList<>();
    texts.add(action.source().networkInterface().value());
    texts.add(action.targetId().value());
    texts.add(action.filter().value());
    texts.add(Integer.toString(action.number()));
    texts.add(action.entry());
    tags.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            tag -> {
              texts.add(tag.getKey());
              texts.add(tag.getValue());
            });
    texts.add(cause.streamArn());
    texts.add(cause.shardId());
    texts.add(cause.sequenceNumber());
    return Fingerprint.of(texts);
  }
}
