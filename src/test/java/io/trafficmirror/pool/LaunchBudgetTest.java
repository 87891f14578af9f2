package io.trafficmirror.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchBudgetTest {

  @ParameterizedTest
  @CsvSource({"5, 0, 5", "5, 1, 4", "5, 5, 0", "5, 7, 0", "0, 0, 0", "0, 1, 0", "-1, 0, 0"})
  void decreasesWithEachLaunchButNotBelowZero(int launches, int spent, int left) {
    LaunchBudget budget = new LaunchBudget(launches);
    for (int i = 0; i < spent; i++) {
      budget.spend();
    }
    assertThat(budget.left()).isEqualTo(left);
  }
}
