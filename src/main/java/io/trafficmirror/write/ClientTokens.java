package io.trafficmirror.write;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.Fingerprint;
import io.trafficmirror.port.StreamRecord;
import java.util.ArrayList;
import java.util.List;
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
