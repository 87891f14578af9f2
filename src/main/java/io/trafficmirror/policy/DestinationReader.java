package io.trafficmirror.policy;

import io.trafficmirror.mirror.Destination;
import io.trafficmirror.mirror.LaunchSpecification;
import io.trafficmirror.mirror.SubnetId;
import io.trafficmirror.mirror.TargetId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads an entry's destination: the target that it names, or a specification for targets to launch.
 * Every value is checked, even if it is not used.
 */
final class DestinationReader {
  /**
   * A family, a dot and a size, which matches every instance type so far; rules out {@code true}.
   */
  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]*\\.[a-z0-9-]+");

  private static final String TYPE_EXPECTED = "an instance type (for example c5.xlarge)";
  private static final String GROUPS_EXPECTED = "a list of security group ids (sg-...)";

  private final Fields fields;
  private final Problems problems;
  private final Found<String> target;
  private final Found<String> type;
  private final Found<String> image;
  private final Found<List<String>> groups;
  private final Found<String> subnet;

  DestinationReader(Fields fields, Problems problems) {
    this.fields = fields;
    this.problems = problems;
    this.target = fields.id(Keys.TARGET, Id.TARGET);
    this.type = type();
    this.image = fields.id(Keys.IMAGE, Id.IMAGE);
    this.groups = fields.list(Keys.GROUPS, GROUPS_EXPECTED).then(this::groups);
    this.subnet = fields.id(Keys.SUBNET, Id.SUBNET);
  }

  Found<Destination> read() {
    List<String> given =
        launch().entrySet().stream()
            .filter(part -> fields.has(part.getKey()) && part.getValue().isGiven())
            .map(Map.Entry::getKey)
            .toList();
    if (target.isGiven()) {
      return namedTarget(given);
    }
    return given.isEmpty() ? noDestination() : onDemand();
  }

  private Found<Destination> namedTarget(List<String> ignored) {
    if (fields.has(Keys.TARGET) && !ignored.isEmpty()) {
      problems.warn(
          fields.keyAt(ignored.getFirst()),
          "this entry has '%s', which wins: %s %s not used"
              .formatted(Keys.TARGET, Words.all(ignored), ignored.size() == 1 ? "is" : "are"));
    }
    return target.then(
        good -> new Found.Good<>(new Destination.Fixed(new TargetId(good.value())), good.at()));
  }

  private Found<Destination> noDestination() {
    Optional<Position> placeholder =
        Stream.concat(Stream.of(target), required().values().stream())
            .filter(Found.Unfilled.class::isInstance)
            .map(found -> ((Found.Unfilled<?>) found).at())
            .findFirst();
    problems.error(
        placeholder.orElse(fields.at()),
        "this entry sends its traffic nowhere; %s '%s', %s, or all of %s"
            .formatted(
                placeholder.isPresent() ? "fill in" : "expected",
                Keys.TARGET,
                Id.TARGET.expected(),
                Words.all(List.copyOf(required().keySet()))));
    return new Found.Bad<>();
  }

  private Found<Destination> onDemand() {
    List<String> missing = new ArrayList<>();
    required()
        .forEach(
            (key, found) -> {
              switch (found) {
                case Found.Absent<?> absent -> missing.add(key);
                case Found.Unfilled<?> unfilled ->
                    problems.error(unfilled.at(), Fields.fillIn(key, expected(key)));
                case Found.Good<?> good -> {}
                case Found.Bad<?> bad -> {}
              }
            });
    if (!missing.isEmpty()) {
      problems.error(
          fields.at(),
          "this entry launches its targets, but has no %s; expected %s, or '%s' instead"
              .formatted(Words.all(missing), missing.size() == 1 ? "it" : "them", Keys.TARGET));
    }
    return specification();
  }

  private Found<Destination> specification() {
    if (type instanceof Found.Good<String> t
        && image instanceof Found.Good<String> i
        && groups instanceof Found.Good<List<String>> g
        && !(subnet instanceof Found.Bad)) {
      Optional<SubnetId> where =
          subnet instanceof Found.Good<String> s
              ? Optional.of(new SubnetId(s.value()))
              : Optional.empty();
      return new Found.Good<>(
          new Destination.OnDemand(new LaunchSpecification(t.value(), i.value(), g.value(), where)),
          t.at());
    }
    return new Found.Bad<>();
  }

  /** The keys that a launch requires. */
  private Map<String, Found<?>> required() {
    Map<String, Found<?>> required = new LinkedHashMap<>();
    required.put(Keys.TYPE, type);
    required.put(Keys.IMAGE, image);
    required.put(Keys.GROUPS, groups);
    return required;
  }

  private Map<String, Found<?>> launch() {
    Map<String, Found<?>> launch = new LinkedHashMap<>(required());
    launch.put(Keys.SUBNET, subnet);
    return launch;
  }

  private static String expected(String key) {
    return switch (key) {
      case Keys.TYPE -> TYPE_EXPECTED;
      case Keys.IMAGE -> Id.IMAGE.expected();
      default -> GROUPS_EXPECTED;
    };
  }

  private Found<String> type() {
    return fields
        .text(Keys.TYPE, TYPE_EXPECTED)
        .then(
            good -> {
              if (TYPE.matcher(good.value()).matches()) {
                return good;
              }
              problems.error(
                  good.at(),
                  "'%s' is %s; expected %s"
                      .formatted(Keys.TYPE, Words.quoted(good.value()), TYPE_EXPECTED));
              return new Found.Bad<>();
            });
  }

  private Found<List<String>> groups(Found.Good<List<Node>> nodes) {
    List<String> ids = new ArrayList<>();
    for (Node node : nodes.value()) {
      if (node instanceof Node.Text text && !text.isNull() && Id.GROUP.accepts(text.text())) {
        ids.add(text.text());
      } else if (!(node instanceof Node.Reported)) {
        problems.error(node.at(), invalidGroup(node));
      }
    }
    return ids.size() == nodes.value().size()
        ? new Found.Good<>(List.copyOf(ids), nodes.at())
        : new Found.Bad<>();
  }

  private static String invalidGroup(Node node) {
    String item = "an item of '%s'".formatted(Keys.GROUPS);
    if (node instanceof Node.Text text) {
      if (text.text().equals(Fields.PLACEHOLDER)) {
        return "%s is still %s; fill in %s"
            .formatted(item, Fields.PLACEHOLDER, Id.GROUP.expected());
      }
      return "%s is %s; expected %s"
          .formatted(item, Words.quoted(text.text()), Id.GROUP.expected());
    }
    return "%s is not a single value; expected %s".formatted(item, Id.GROUP.expected());
  }
}
