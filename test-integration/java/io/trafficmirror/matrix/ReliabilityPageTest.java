package io.trafficmirror.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReliabilityPageTest {

  @Test
  void thePageListsEveryRowOfTheMatrixWithoutDefects() throws Exception {
    List<String> rows =
        Files.readAllLines(ReliabilityPage.PAGE).stream()
            .filter(line -> line.startsWith("| ") && line.contains(" s |"))
            .toList();
    List<String> expected = new ArrayList<>();
    for (MatrixFault fault : MatrixFaults.all()) {
      for (UseCase useCase : UseCase.values()) {
        expected.add(ReliabilityPage.rowStart(fault.name(), useCase.label()));
      }
    }
    expected.add(ReliabilityPage.rowStart("**all**", ""));
    assertThat(rows).hasSameSizeAs(expected);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i))
          .startsWith(expected.get(i))
          .matches(".* \\| 0 \\| 0 \\| 0 \\| 0 \\| [0-9,]+ s \\|");
    }
  }
}
