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

/** What a real account answered to the unverified questions. Not for use by several threads. */
final class Findings {

  /** Where the findings of the last run are kept. */
  static final Path FILE = Path.of("target", "contract", "ec2-unverified.txt");

  private final Map<Question, Set<String>> answers = new EnumMap<>(Question.class);
  private final List<String> unanswered = new ArrayList<>();

  /** Takes note of an answer. */
  void answered(Question question, String answer) {
    answers.computeIfAbsent(question, none -> new TreeSet<>()).add(answer);
  }

  /** Takes note of a claim that could not be put to AWS. */
  void unanswered(String claim, String why) {
    unanswered.add("UNVERIFIED " + claim + ": not answered, since " + why);
  }

  /** One line for each question, with what AWS answered and whether that is a surprise. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    answers.forEach(
        (question, given) ->
            lines.add(
                "UNVERIFIED "
                    + question.about()
                    + ": AWS answered "
                    + String.join(", ", given)
                    + (question.plausible().containsAll(given)
                        ? ""
                        : " (a surprise: expected was one of "
                            + String.join(", ", new TreeSet<>(question.plausible()))
                            + ")")));
    lines.addAll(unanswered);
    return lines;
  }

  /** Writes the lines to a file, whose directories are made as needed. */
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
