package io.trafficmirror.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.contract.PlainLog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The seven combinations of the three switches that {@link FirstDeployment} leaves, the second
 * scenario as it is shipped among them: applied, planned again and destroyed, each on an emulator
 * of its own, a few at a time. Only with {@code -Dterraform.combinations=all}, because it takes
 * minutes.
 */
@WaitsMore
class TerraformCombinationsIT {

  private static final String PROPERTY = "terraform.combinations";

  /** How the scenarios are shipped: what the predecessor switches on in each. */
  private static final Toggles SCENARIO_1 = new Toggles(true, true, false);

  private static final Toggles SCENARIO_2 = new Toggles(false, false, true);

  /** An apply waits more than it works. */
  private static final int AT_A_TIME =
      Math.max(2, Runtime.getRuntime().availableProcessors() * 3 / 2);

  private static final ExecutorService THREADS = Executors.newFixedThreadPool(AT_A_TIME);
  private static final Map<String, Future<Observations>> SEEN = new LinkedHashMap<>();

  /** What is deployed, by title. */
  static Map<String, Inputs> deployments() {
    Map<String, Inputs> all = new LinkedHashMap<>();
    Toggles.all().stream()
        .filter(toggles -> !toggles.equals(Toggles.ALL_ON))
        .forEach(toggles -> all.put(toggles.toString(), inputs(toggles)));
    return all;
  }

  private static Inputs inputs(Toggles toggles) {
    if (toggles.equals(SCENARIO_2)) {
      return Inputs.file("scenarios/scenario-2.tfvars");
    }
    Inputs first = Inputs.file("scenarios/scenario-1.tfvars");
    return toggles.equals(SCENARIO_1) ? first : first.with(toggles.variables());
  }

  static List<String> titles() {
    return List.copyOf(deployments().keySet());
  }

  @BeforeAll
  static void startAll() {
    TerraformTools tools =
        TerraformTools.orSkip(TerraformTools.Need.EMULATOR, TerraformCombinationsIT.class);
    if (!System.getProperty(PROPERTY, "").equals("all")) {
      String reason =
          "TerraformCombinationsIT did not run: only the combination with everything on was"
              + " deployed; -D"
              + PROPERTY
              + "=all deploys all eight.";
      PlainLog.say(reason);
      Assumptions.abort(reason);
    }
    deployments()
        .forEach(
            (title, inputs) ->
                SEEN.put(
                    title,
                    THREADS.submit(
                        () ->
                            Lifecycle.of(tools, title, inputs, Optional.empty()).observations())));
  }

  @AfterAll
  static void stop() {
    THREADS.shutdownNow();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("titles")
  void aDeploymentStaysAsItIsAndLeavesNothingBehind(String title)
      throws InterruptedException, ExecutionException {
    Observations seen = Optional.ofNullable(SEEN.get(title)).orElseThrow().get();

    assertThat(seen.applied()).as("what was applied").isNotEmpty();
    assertThat(rules(seen)).isEqualTo(toggles(title).rules());
    assertThat(seen.applied().stream().anyMatch(thing -> thing.startsWith("schedule ")))
        .isEqualTo(toggles(title).existing());
    assertThat(seen.secondPlan().changes()).as("what a second plan would change").isEmpty();
    assertThat(seen.left()).as("what is left after the destroy").isEmpty();
  }

  private static long rules(Observations seen) {
    return seen.applied().stream().filter(thing -> thing.startsWith("rule ")).count();
  }

  private static Toggles toggles(String title) {
    return Toggles.all().stream()
        .filter(toggles -> toggles.toString().equals(title))
        .findFirst()
        .orElseThrow();
  }
}
