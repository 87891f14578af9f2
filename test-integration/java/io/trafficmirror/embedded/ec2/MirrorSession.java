package io.trafficmirror.embedded.ec2;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/** A mirror session. */
record MirrorSession(
    String id,
    String interfaceId,
    String targetId,
    String filterId,
    int number,
    int networkIdentifier,
    Optional<Integer> packetLength,
    Optional<String> description,
    SortedMap<String, String> tags,
    Instant created)
    implements Stored {

  MirrorSession withTags(SortedMap<String, String> value) {
    return new MirrorSession(
        id,
        interfaceId,
        targetId,
        filterId,
        number,
        networkIdentifier,
        packetLength,
        description,
        value,
        created);
  }
}
