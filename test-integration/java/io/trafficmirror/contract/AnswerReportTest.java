package io.trafficmirror.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerReportTest {

  private final AnswerReport answers = new AnswerReport();

  @Test
  void listsEveryAnswerToAQuestionOnceInOneLine() {
    answers.record(Question.TAG_FILTERS, "InvalidFilter");
    answers.record(Question.TAG_FILTERS, "filtered");
    answers.record(Question.TAG_FILTERS, "filtered");

    assertThat(answers.lines())
        .containsExactly(
            "UNVERIFIED a tag filter on mirror sessions, targets or filters: AWS answered"
                + " InvalidFilter, filtered");
  }

  @Test
  void marksAnUnexpectedAnswer() {
    answers.record(Question.DUPLICATE_SESSION_NUMBER, "SomethingElse");

    assertThat(answers.lines().getFirst())
        .contains("SomethingElse", "unexpected", "InvalidParameterValue");
  }

  @Test
  void writesTheLinesToAFile(@TempDir Path directory) throws IOException {
    answers.recordUnanswered("aClaim", "EC2 was not there");
    Path file = directory.resolve("deeper").resolve("file.txt");

    answers.write(file);

    assertThat(Files.readAllLines(file)).isEqualTo(answers.lines()).hasSize(1);
  }
}
