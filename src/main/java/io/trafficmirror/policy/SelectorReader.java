package io.trafficmirror.policy;

import io.trafficmirror.mirror.Selector;
import io.trafficmirror.mirror.Selector.Tag;
import io.trafficmirror.mirror.SubnetId;
import io.trafficmirror.mirror.VpcId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the selectors of one section's entries, and warns about selectors that an earlier entry of
 * the section already has: the first match wins, so the later entry never matches them.
 */
final class SelectorReader {
  private static final String TAG_LIST = "a list of tags, each with Key and Value";
  private static final String KEY_EXPECTED = "the key of a tag";
  private static final String VALUE_EXPECTED = "the value of a tag (\"\" for an empty one)";

  private final Section section;
  private final Problems problems;
  private final Map<Object, String> entryOf = new HashMap<>();

  SelectorReader(Section section, Problems problems) {
    this.section = section;
    this.problems = problems;
  }

  /**
   * Reads the selector of an entry and reports its problems.
   *
   * @param entry the entry's id
   */
  Found<Selector> read(String entry, Fields fields) {
    return switch (section) {
      case TAGS -> byTags(entry, fields);
      case SUBNETS ->
          byId(entry, fields, Id.SUBNET)
              .then(
                  id -> new Found.Good<>(new Selector.BySubnet(new SubnetId(id.value())), id.at()));
      case VPCS ->
          byId(entry, fields, Id.VPC)
              .then(id -> new Found.Good<>(new Selector.ByVpc(new VpcId(id.value())), id.at()));
    };
  }

  private Found<String> byId(String entry, Fields fields, Id kind) {
    String key = section.selectorKey();
    Found<String> found = fields.required(fields.id(key, kind), key, kind.expected());
    if (found instanceof Found.Good<String> id) {
      String earlier = entryOf.putIfAbsent(id.value(), entry);
      if (earlier != null) {
        problems.warn(
            id.at(), "this entry never matches: %s has the same %s".formatted(earlier, key));
      }
    }
    return found;
  }

  private Found<Selector> byTags(String entry, Fields fields) {
    String key = section.selectorKey();
    Found<List<Node>> list = fields.required(fields.list(key, TAG_LIST), key, TAG_LIST);
    return list.then(nodes -> byTags(entry, fields.at(), nodes));
  }

  private Found<Selector> byTags(String entry, Position at, Found.Good<List<Node>> nodes) {
    List<Found.Good<Tag>> tags = new ArrayList<>();
    for (Node node : nodes.value()) {
      if (tag(node) instanceof Found.Good<Tag> tag) {
        tags.add(tag);
      }
    }
    boolean complete = tags.size() == nodes.value().size();
    List<String> earlier = tags.stream().map(tag -> entryOf.getOrDefault(tag.value(), "")).toList();
    if (complete && !earlier.contains("")) {
      problems.warn(
          at,
          "this entry never matches: earlier entries already have all of its tags (%s)"
              .formatted(String.join(", ", earlier.stream().distinct().toList())));
    } else {
      tags.forEach(tag -> warnOfRepetition(entry, tag));
    }
    return complete
        ? new Found.Good<>(
            new Selector.ByTags(tags.stream().map(Found.Good::value).toList()), nodes.at())
        : new Found.Bad<>();
  }

  private Found<Tag> tag(Node node) {
    if (node instanceof Node.Pairs pairs) {
      Fields fields = Fields.of("this tag", pairs, Keys.TAG, problems);
      return tag(fields);
    }
    if (!(node instanceof Node.Reported)) {
      problems.error(node.at(), "a tag must be a mapping with the keys Key and Value");
    }
    return new Found.Bad<>();
  }

  private Found<Tag> tag(Fields fields) {
    Found<String> key =
        fields.required(fields.text(Keys.TAG_KEY, KEY_EXPECTED), Keys.TAG_KEY, KEY_EXPECTED);
    Found<String> value =
        fields.required(
            fields.text(Keys.TAG_VALUE, VALUE_EXPECTED), Keys.TAG_VALUE, VALUE_EXPECTED);
    if (key instanceof Found.Good<String> k && k.value().isEmpty()) {
      problems.error(k.at(), "'%s' is empty; expected %s".formatted(Keys.TAG_KEY, KEY_EXPECTED));
      return new Found.Bad<>();
    }
    return key.then(
        k -> value.then(v -> new Found.Good<>(new Tag(k.value(), v.value()), fields.at())));
  }

  private void warnOfRepetition(String entry, Found.Good<Tag> tag) {
    String first = entryOf.putIfAbsent(tag.value(), entry);
    if (first != null) {
      problems.warn(
          tag.at(),
          "this tag has no effect: %s already has it"
              .formatted(first.equals(entry) ? "the same list" : first));
    }
  }
}
