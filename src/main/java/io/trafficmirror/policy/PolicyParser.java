package io.trafficmirror.policy;

import io.trafficmirror.mirror.Entry;
import io.trafficmirror.mirror.PolicySet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Parses a mirror policy. Stateless and thread-safe. */
public final class PolicyParser {

  /** The largest policy file, in bytes: 1 MiB, several thousand entries. */
  public static final int MAX_BYTES = 1_048_576;

  private PolicyParser() {}

  /**
   * Parses a policy file and returns all of its problems at once. Never throws, whatever the bytes
   * are. The same bytes always give the same result, so parsing may be repeated.
   *
   * @param file the file's name, used only in messages
   * @param content the bytes of the file: UTF-8, with or without a byte-order mark, at most {@link
   *     #MAX_BYTES}
   */
  public static PolicyResult parse(String file, byte[] content) {
    Problems problems = new Problems(file);
    List<Entry> entries = new ArrayList<>();
    if (content.length > MAX_BYTES) {
      problems.error(
          Position.START,
          "the file has %d bytes; expected at most %d (1 MiB)"
              .formatted(content.length, MAX_BYTES));
    } else {
      Optional<Node> root = TreeReader.read(PolicyText.of(content, problems), problems);
      entries.addAll(entries(root, problems));
    }
    return problems.hasErrors()
        ? new PolicyResult.Invalid(problems.inFileOrder())
        : new PolicyResult.Valid(new PolicySet(entries), problems.inFileOrder());
  }

  private static List<Entry> entries(Optional<Node> root, Problems problems) {
    List<Entry> entries = new ArrayList<>();
    Position at = root.map(Node::at).orElse(Position.START);
    switch (root.orElse(new Node.Text(Position.START, "", true))) {
      case Node.Pairs pairs -> entries.addAll(sections(pairs, problems));
      case Node.Text text when text.isNull() -> {
        // Reported below as a policy without an entry.
      }
      case Node.Text text -> reject(text, "a single value", problems);
      case Node.Items items -> reject(items, "a list", problems);
      case Node.Reported reported -> {
        // Already reported.
      }
    }
    if (entries.isEmpty() && !problems.hasErrors()) {
      problems.error(
          at,
          "the policy has no entry; expected at least one under " + String.join(", ", Keys.TOP));
    }
    return entries;
  }

  private static void reject(Node root, String kind, Problems problems) {
    problems.error(
        root.at(),
        "the file is %s; expected a mapping with any of the keys %s"
            .formatted(kind, String.join(", ", Keys.TOP)));
  }

  private static List<Entry> sections(Node.Pairs root, Problems problems) {
    Fields top = Fields.of("the file", root, Keys.TOP, problems);
    return Stream.of(Section.values())
        .filter(section -> top.has(section.key()))
        .flatMap(section -> new SectionReader(section, problems).read(top).stream())
        .toList();
  }
}
