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
 * Text to {@link Node}s, from the YAML library's events: those show aliases and tags as they are
 * written, need no recursion however deep the file nests, and leave what was read before a fault.
 */
final class TreeReader {
  /** A policy needs five levels; more than this is a mistake or an attack. */
  static final int MAX_DEPTH = 20;

  /** What the library makes of {@code !!}. */
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

  /** The first document, as far as it can be read; empty where the text holds nothing. */
  static Optional<Node> read(String text, Problems problems) {
    TreeReader reader = new TreeReader(text, problems);
    while (reader.step()) {
      // Each step says whether there is another one.
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
      forgetTextThatEndsOn(fault.at().line());
    } catch (YamlVersionException e) {
      problems.error(
          reached, "the %YAML directive names a version other than 1.x: remove that line");
    } catch (RuntimeException e) {
      // The library lets its own slips through here, such as a number in an escape that it cannot
      // hold ("\UFFFFFFFF"). The try block holds its calls only.
      problems.error(reached, "the YAML cannot be understood from here on: is an escape wrong?");
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
        refuseDecoration(scalar, scalar.getTag());
        add(new Node.Text(reached, scalar.getValue(), scalar.isPlain()));
        yield true;
      }
      case CollectionStartEvent start -> {
        refuseDecoration(start, start.getTag());
        open.push(new Open(reached, event.getEventId() == Event.ID.MappingStart));
        yield isShallow();
      }
      case CollectionEndEvent end -> {
        close(true);
        yield true;
      }
      default -> true; // The ends of the document and of the stream: the library's set is open.
    };
  }

  private boolean isFirstDocument() {
    documents++;
    if (documents == 1) {
      return true;
    }
    problems.error(reached, "a second YAML document starts here: a policy is a single one");
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

  private void refuseDecoration(NodeEvent event, Optional<String> tag) {
    if (event.getAnchor().isPresent()) {
      problems.error(
          reached, "anchors are not allowed here: remove the '&' and the name behind it");
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

  /** A text right before a fault has probably swallowed a part of what is broken. */
  private void forgetTextThatEndsOn(int line) {
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
      return; // Not an empty list: one of which nothing could be read.
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

  /** A list or mapping whose end was not seen yet. */
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
