package io.trafficmirror.policy;

import io.trafficmirror.mirror.DesiredSession;
import io.trafficmirror.mirror.Destination;
import io.trafficmirror.mirror.Entry;
import io.trafficmirror.mirror.FilterId;
import io.trafficmirror.mirror.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the entries of one section during one parse. */
final class SectionReader {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[1-9][0-9]{0,4}");
  private static final String NUMBER_EXPECTED =
      "a whole number from %d to %d, without quotes"
          .formatted(DesiredSession.MIN_NUMBER, DesiredSession.MAX_NUMBER);

  private final Section section;
  private final Problems problems;
  private final SelectorReader selectors;

  SectionReader(Section section, Problems problems) {
    this.section = section;
    this.problems = problems;
    this.selectors = new SelectorReader(section, problems);
  }

  /** Returns the valid entries in file order and reports the problems of the others. */
  List<Entry> read(Fields top) {
    String expected = "a list of entries, or remove the key";
    Found<List<Node>> list =
        top.required(top.list(section.key(), expected), section.key(), expected);
    List<Entry> entries = new ArrayList<>();
    if (list instanceof Found.Good<List<Node>> good) {
      for (int i = 0; i < good.value().size(); i++) {
        entry("%s[%d]".formatted(section.key(), i), good.value().get(i)).ifPresent(entries::add);
      }
    }
    return entries;
  }

  private Optional<Entry> entry(String id, Node node) {
    if (node instanceof Node.Pairs pairs) {
      Fields fields = Fields.of("this entry", pairs, section.entryKeys(), problems);
      return entry(id, fields);
    }
    if (!(node instanceof Node.Reported)) {
      problems.error(
          node.at(),
          "an entry of '%s' must be a mapping with the keys %s, %s and a target"
              .formatted(section.key(), section.selectorKey(), Keys.FILTER));
    }
    return Optional.empty();
  }

  private Optional<Entry> entry(String id, Fields fields) {
    Found<Selector> selector = selectors.read(id, fields);
    Found<String> filter =
        fields.required(fields.id(Keys.FILTER, Id.FILTER), Keys.FILTER, Id.FILTER.expected());
    Found<Destination> destination = new DestinationReader(fields, problems).read();
    Found<Integer> number = number(fields);
    return selector instanceof Found.Good<Selector> s
            && filter instanceof Found.Good<String> f
            && destination instanceof Found.Good<Destination> d
            && number instanceof Found.Good<Integer> n
        ? Optional.of(
            new Entry(
                s.value(), new DesiredSession(id, d.value(), new FilterId(f.value()), n.value())))
        : Optional.empty();
  }

  private Found<Integer> number(Fields fields) {
    Found<String> text = fields.plainText(Keys.NUMBER, NUMBER_EXPECTED);
    return switch (text) {
      case Found.Absent<String> absent -> defaultNumber(fields);
      case Found.Unfilled<String> unfilled -> defaultNumber(fields);
      case Found.Bad<String> bad -> new Found.Bad<>();
      case Found.Good<String> good -> number(good);
    };
  }

  private static Found<Integer> defaultNumber(Fields fields) {
    return new Found.Good<>(DesiredSession.DEFAULT_NUMBER, fields.at());
  }

  private Found<Integer> number(Found.Good<String> good) {
    if (WHOLE_NUMBER.matcher(good.value()).matches()) {
      int number = Integer.parseInt(good.value());
      if (number <= DesiredSession.MAX_NUMBER) {
        return new Found.Good<>(number, good.at());
      }
    }
    problems.error(
        good.at(),
        "'%s' is %s; expected %s"
            .formatted(Keys.NUMBER, Words.quoted(good.value()), NUMBER_EXPECTED));
    return new Found.Bad<>();
  }
}
