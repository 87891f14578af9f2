package io.trafficmirror.embedded.ec2;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Parses and checks tags. The limits are from the EC2 User Guide, "Tag restrictions". */
final class Tags {

  private static final int MAXIMUM_TAGS = 50;
  private static final int MAXIMUM_KEY = 128;
  private static final int MAXIMUM_VALUE = 256;

  private Tags() {}

  /**
   * The tags of a request for a type of resource that it creates.
   *
   * @param kind the resource type
   * @param kinds all resource types that the action can tag
   */
  static SortedMap<String, String> onCreate(Parameters request, String kind, Set<String> kinds) {
    SortedMap<String, String> tags = new TreeMap<>();
    for (Parameters specification : request.structures("TagSpecification")) {
      String type =
          specification
              .text("ResourceType")
              .filter(text -> !text.isEmpty())
              .orElseThrow(
                  () ->
                      new ApiException(
                          "InvalidParameterValue",
                          "Tag specification resource type must have a value"));
      if (!kinds.contains(type)) {
        throw new ApiException(
            "InvalidParameterValue",
            "'%s' is not a valid taggable resource type for this operation.".formatted(type));
      }
      SortedMap<String, String> own = of(specification.structures("Tag"));
      if (type.equals(kind)) {
        own.forEach(
            (key, value) -> {
              if (tags.put(key, value) != null) {
                throw duplicate(key);
              }
            });
      }
    }
    checkNumber(tags);
    return tags;
  }

  /** The tags in a list of Key and Value structures. */
  static SortedMap<String, String> of(List<Parameters> structures) {
    SortedMap<String, String> tags = new TreeMap<>();
    for (Parameters tag : structures) {
      String key = tag.text("Key").orElse("");
      String value = tag.text("Value").orElse("");
      check(key, value);
      if (tags.put(key, value) != null) {
        throw duplicate(key);
      }
    }
    return tags;
  }

  static void checkNumber(Map<String, String> tags) {
    long own = tags.keySet().stream().filter(key -> !key.startsWith("aws:")).count();
    if (own > MAXIMUM_TAGS) {
      throw new ApiException(
          "TagLimitExceeded", "The maximum number of Tags for a resource has been reached.");
    }
  }

  private static void check(String key, String value) {
    if (key.isEmpty()) {
      throw new ApiException("InvalidParameterValue", "Tag key cannot be empty");
    }
    if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
      throw new ApiException(
          "InvalidParameterValue", "Tag keys starting with 'aws:' are reserved for internal use");
    }
    if (key.codePointCount(0, key.length()) > MAXIMUM_KEY) {
      throw new ApiException(
          "InvalidParameterValue",
          "Tag key exceeds the maximum length of %d characters".formatted(MAXIMUM_KEY));
    }
    if (value.codePointCount(0, value.length()) > MAXIMUM_VALUE) {
      throw new ApiException(
          "InvalidParameterValue",
          "Tag value exceeds the maximum length of %d characters".formatted(MAXIMUM_VALUE));
    }
    if (!(key + value).codePoints().allMatch(Xml::isXmlCharacter)) {
      throw new ApiException("InvalidParameterValue", "A tag has characters that are not allowed");
    }
  }

  private static ApiException duplicate(String key) {
    return new ApiException(
        "InvalidParameterValue", "Duplicate tag key '%s' specified.".formatted(key));
  }

  /** Writes a {@code tagSet}, which may be empty. */
  static void write(Xml out, Map<String, String> tags) {
    out.open("tagSet");
    tags.forEach((key, value) -> out.open("item").text("key", key).text("value", value).close());
    out.close();
  }
}
