package io.trafficmirror.aws;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Converts tags for EC2 requests, always sorted by key. */
final class Tags {

  private Tags() {}

  static List<Tag> sorted(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
  }

  /** A tag to be removed regardless of its value. */
  static Tag ofKey(String key) {
    return Tag.builder().key(key).build();
  }

  /** The keys, for a log or failure message. */
  static String keys(Map<String, String> tags) {
    return String.join(", ", new TreeSet<>(tags.keySet()));
  }
}
