package io.trafficmirror.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;

/**
 * Builds a tree of {@link Node}s from the YAML library's events. Events expose aliases and tags as
 * written, need no recursion whatever the nesting depth, and keep the part that precedes a syntax
 * error.
 */
final class TreeReader {
  /** A policy needs five levels; more than this is a mistake or an attack. */
  static final int MAX_DEPTH = 20;

  /** The prefix to which the library expands {@code !!}. */
  private static final String STANDARD_TAGS = "tag:yaml.org,2002:";

  private final Problems problems;
  private final Iterator<Event> events;
  private final Deque<Open> open = new ArrayDeque<>();
  private Optional<Node> root = Optional.empty();
  private Position reached = Position.START;
  private int endLine;
  private int documents;

  private TreeReader(String text, Problems problems) {
    this.problems = problems;
    this.events = new Parse(LoadSettings.builder().build()).parseString(text).iterator();
  }

  /** Reads the first document as far as possible; empty if the text has no content. */
  static Optional<Node> read(String text, Problems problems) {
    TreeReader reader = new TreeReader(text, problems);
    while (reader.step()) {
      // step() returns false at the end.
    }
    while (!reader.open.isEmpty()) {
      reader.close(false);
    }
    return reader.root;
  }

  private boolean step() {
    Optional<Event> event = next();
    event.flatMap(Event::getStartMark).ifPresent(mark -> reached = position(mark));
    event.flatMap(Event::getEndMark).ifPresent(mark -> endLine = position(mark).line());
    return event.isPresent() && accept(event.get());
  }

  private Optional<Event> next() {
    try {
      return events.hasNext() ? Optional.of(events.next()) : Optional.empty();
    } catch (MarkedYamlEngineException e) {
      SyntaxFault fault = SyntaxFault.of(e, reached);
      problems.error(fault.at(), fault.sentence());
      discardTextThatEndsOn(fault.at().line());
    } catch (YamlVersionException e) {
      problems.error(
          reached, "the %YAML directive names a version other than 1.x: remove that line");
    } catch (RuntimeException e) {
      // The library has bugs that surface here, such as an overflow in an escape ("\UFFFFFFFF").
      // The try block contains only calls to the library.
      problems.error(
          reached, "the YAML cannot be parsed from here on: check for an invalid escape");
    }
    return Optional.empty();
  }

  private boolean accept(Event event) {
    return switch (event) {
      case DocumentStartEvent start -> isFirstDocument();
      case AliasEvent alias -> {
        problems.error(reached, "aliases are not allowed here: write the value out");
        add(new Node.Reported(reached));
        yield true;
      }
      case ScalarEvent scalar -> {
        rejectAnchorAndTag(scalar, scalar.getTag());
        add(new Node.Text(reached, scalar.getValue(), scalar.isPlain()));
        yield true;
      }
      case CollectionStartEvent start -> {
        rejectAnchorAndTag(start, start.getTag());
        open.push(new Open(reached, event.getEventId() == Event.ID.MappingStart));
        yield isShallow();
      }
      case CollectionEndEvent end -> {
        close(true);
        yield true;
      }
      default ->
          true; // The ends of the document and of the stream; the library's event types are not
        // sealed.
    };
  }

  private boolean isFirstDocument() {
    documents++;
    if (documents == 1) {
      return true;
    }
    problems.error(
        reached, "a second YAML document starts here: a policy must be a single document");
    return false;
  }

  private boolean isShallow() {
    if (open.size() <= MAX_DEPTH) {
      return true;
    }
    problems.error(
        reached,
        "the file nests deeper than %d levels: no policy needs more than five"
            .formatted(MAX_DEPTH));
    return false;
  }

  private void rejectAnchorAndTag(NodeEvent event, Optional<String> tag) {
    if (event.getAnchor().isPresent()) {
      problems.error(reached, "anchors are not allowed here: remove the '&' and the name after it");
    }
    if (tag.isPresent()) {
      problems.error(
          reached,
          "explicit YAML tags such as %s are not allowed: remove it, and put text in quotes"
              .formatted(Words.quoted(tag.get().replace(STANDARD_TAGS, "!!"))));
    }
  }

  private void add(Node node) {
    if (open.isEmpty()) {
      root = Optional.of(node);
    } else {
      open.peek().children.add(node);
    }
  }

  /** A text that ends on the line of a syntax error probably includes a part of the broken text. */
  private void discardTextThatEndsOn(int line) {
    if (endLine != line) {
      return;
    }
    if (root.isPresent() && root.get() instanceof Node.Text) {
      root = Optional.of(new Node.Reported(reached));
    }
    if (!open.isEmpty()) {
      List<Node> siblings = open.peek().children;
      if (!siblings.isEmpty() && siblings.getLast() instanceof Node.Text) {
        siblings.set(siblings.size() - 1, new Node.Reported(reached));
      }
    }
  }

  private void close(boolean complete) {
    Open closed = open.pop();
    if (!complete && closed.children.isEmpty()) {
      return; // Not an empty list: no child could be read.
    }
    add(closed.mapping ? pairs(closed, complete) : new Node.Items(closed.at, closed.children));
  }

  private Node.Pairs pairs(Open closed, boolean endSeen) {
    List<Node.Pair> pairs = new ArrayList<>();
    boolean complete = endSeen;
    Iterator<Node> children = closed.children.iterator();
    while (children.hasNext()) {
      Node key = children.next();
      Node value = children.hasNext() ? children.next() : new Node.Reported(key.at());
      if (key instanceof Node.Text text && text.plain() && text.text().equals("<<")) {
        problems.error(key.at(), "merge keys are not allowed here: write the keys out");
        complete = false;
      } else {
        pairs.add(new Node.Pair(key, value));
      }
    }
    return new Node.Pairs(closed.at, pairs, complete);
  }

  static Position position(Mark mark) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** A list or mapping whose end has not been read yet. */
  private static final class Open {
    private final Position at;
    private final boolean mapping;
    private final List<Node> children = new ArrayList<>();

    private Open(Position at, boolean mapping) {
      this.at = at;
      this.mapping = mapping;
    }
  }
}
