package io.trafficmirror.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The answers of a real account to the unverified questions. Not safe for use by several threads.
 */
final class AnswerReport {

  /** The file with the answers of the last run. */
  static final Path FILE = Path.of("target", "contract", "ec2-unverified.txt");

  private final Map<Question, Set<String>> answers = new EnumMap<>(Question.class);
  private final List<String> unanswered = new ArrayList<>();

  /** Records an answer. */
  void record(Question question, String answer) {
    answers.computeIfAbsent(question, none -> new TreeSet<>()).add(answer);
  }

  /** Records a claim that could not be tested. */
  void recordUnanswered(String claim, String why) {
    unanswered.add("UNVERIFIED " + claim + ": not answered, because " + why);
  }

  /** One line per question, with AWS's answers and whether they were expected. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    answers.forEach(
        (question, given) ->
            lines.add(
                "UNVERIFIED "
                    + question.description()
                    + ": AWS answered "
                    + String.join(", ", given)
                    + (question.expectedAnswers().containsAll(given)
                        ? ""
                        : " (unexpected; expected one of "
                            + String.join(", ", new TreeSet<>(question.expectedAnswers()))
                            + ")")));
    lines.addAll(unanswered);
    return lines;
  }

  /** Writes the lines to a file, and creates its directories. */
  void write(Path file) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.write(file, lines());
    } catch (IOException broken) {
      throw new UncheckedIOException("could not write " + file, broken);
    }
  }
}
