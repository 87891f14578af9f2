package io.trafficmirror.policy;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * A YAML syntax error.
 *
 * @param at the position of the error
 * @param sentence the message, in the terms of people who write YAML, not of its parser
 */
record SyntaxFault(Position at, String sentence) {

  /**
   * Maps a message of the library to our own.
   *
   * @param part a part of the library's message
   * @param sentence our message
   * @param atStart whether to report the position where the broken construct starts instead of the
   *     one where the library stopped
   */
  private record Wording(String part, String sentence, boolean atStart) {}

  private static final List<Wording> WORDINGS =
      List.of(
          new Wording(
              "(TAB)", "a tab is not allowed here: YAML uses only spaces for indentation", false),
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
              "a value is expected here: is a value missing, or is there an extra bracket?",
              false),
          new Wording(
              "while scanning a block scalar",
              "a value that starts with '|' or '>' continues on the next lines: put it in quotes if"
                  + " that is not intended",
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
              "this does not fit the lines above: check the indentation, and look for text after a"
                  + " closing quote or bracket",
              false));

  /**
   * Translates an error of the library.
   *
   * @param fallback the position to report if the library gives none
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
