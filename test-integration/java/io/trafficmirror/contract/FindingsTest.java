package io.trafficmirror.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsTest {

  private final Findings findings = new Findings();

  @Test
  void oneQuestionIsOneLineWithEveryAnswerOnce() {
    findings.answered(Question.TAG_FILTERS, "InvalidFilter");
    findings.answered(Question.TAG_FILTERS, "filtered");
    findings.answered(Question.TAG_FILTERS, "filtered");

    assertThat(findings.lines())
        .containsExactly(
            "UNVERIFIED a tag filter on mirror sessions, targets or filters: AWS answered"
                + " InvalidFilter, filtered");
  }

  @Test
  void anAnswerThatNobodyExpectedIsCalledASurprise() {
    findings.answered(Question.TAKEN_SESSION_NUMBER, "SomethingElse");

    assertThat(findings.lines().getFirst())
        .contains("SomethingElse", "a surprise", "InvalidParameterValue");
  }

  @Test
  void theFileHoldsTheLines(@TempDir Path directory) throws IOException {
    findings.unanswered("aClaim", "EC2 was not there");
    Path file = directory.resolve("deeper").resolve("file.txt");

    findings.write(file);

    assertThat(Files.readAllLines(file)).isEqualTo(findings.lines()).hasSize(1);
  }
}
