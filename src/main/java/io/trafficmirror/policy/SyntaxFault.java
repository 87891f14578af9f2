package io.trafficmirror.policy;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * A place where the file stops being YAML.
 *
 * @param at where
 * @param sentence what is wrong there, in words of people who write YAML, not of its parser
 */
record SyntaxFault(Position at, String sentence) {

  /**
   * What the library says, and how we say it.
   *
   * @param part a piece of the library's words
   * @param sentence ours
   * @param atStart whether the reader should look at where the broken thing starts, rather than at
   *     where the library gave up
   */
  private record Wording(String part, String sentence, boolean atStart) {}

  private static final List<Wording> WORDINGS =
      List.of(
          new Wording("(TAB)", "a tab stands here: YAML indents with spaces only", false),
          new Wording(
              "cannot start any token",
              "a value cannot start with this character: put the value in quotes",
              false),
          new Wording(
              "mapping values are not allowed",
              "a colon is not expected here: check how this line and the one above are indented,"
                  + " and quote a value that contains ': '",
              false),
          new Wording(
              "sequence entries are not allowed",
              "a list item is not expected here: write '- ' items on lines of their own",
              false),
          new Wording(
              "expected the node content",
              "a value is expected here: is one missing, or a bracket too many?",
              false),
          new Wording(
              "while scanning a block scalar",
              "a value that starts with '|' or '>' goes on in the next lines: put it in quotes if"
                  + " it is not meant to",
              true),
          new Wording(
              "could not find expected ':'",
              "this is neither 'key: value' nor '- item': is a colon missing?",
              true),
          new Wording(
              "while scanning a quoted scalar", "the quote that opens here is not closed", true),
          new Wording(
              "while scanning a double-quoted scalar",
              "unknown escape: within double quotes write a backslash twice, or use single quotes",
              false),
          new Wording(
              "expected ',' or ']'", "the list that opens here lacks a comma or its ']'", true),
          new Wording(
              "expected ',' or '}'", "the mapping that opens here lacks a comma or its '}'", true),
          new Wording(
              "expected <block end>",
              "this does not fit what is above it: check the indentation, and whether something"
                  + " stands behind a closing quote or bracket",
              false));

  /**
   * The fault that the library met.
   *
   * @param fallback where it is if the library does not say
   */
  static SyntaxFault of(MarkedYamlEngineException e, Position fallback) {
    String context = Optional.ofNullable(e.getContext()).orElse("");
    String problem = Optional.ofNullable(e.getProblem()).orElse("");
    Position end = e.getProblemMark().map(TreeReader::position).orElse(fallback);
    Position start = e.getContextMark().map(TreeReader::position).orElse(end);
    String words = context + ": " + problem;
    return WORDINGS.stream()
        .filter(wording -> words.contains(wording.part))
        .findFirst()
        .map(wording -> new SyntaxFault(wording.atStart ? start : end, wording.sentence))
        .orElseGet(() -> new SyntaxFault(end, "this is not YAML: " + Words.oneLine(problem)));
  }
}
