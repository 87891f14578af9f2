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
 * All eight combinations of the three switches, and the shipped scenarios as they are: applied,
 * planned again and destroyed, each on an emulator of its own, a few at a time. Only with {@code
 * -Dterraform.combinations=all}, because it takes minutes.
 */
@WaitsMore
class TerraformCombinationsIT {

  private static final String PROPERTY = "terraform.combinations";

  /** An apply waits more than it works. */
  private static final int AT_A_TIME =
      Math.max(2, Runtime.getRuntime().availableProcessors() * 3 / 2);

  private static final ExecutorService THREADS = Executors.newFixedThreadPool(AT_A_TIME);
  private static final Map<String, Future<Observations>> SEEN = new LinkedHashMap<>();

  /** What is deployed, by title. */
  static Map<String, Inputs> deployments() {
    Map<String, Inputs> all = new LinkedHashMap<>();
    for (int scenario = 1; scenario <= 2; scenario++) {
      all.put("scenario " + scenario, Inputs.file("scenarios/scenario-" + scenario + ".tfvars"));
    }
    for (Toggles toggles : Toggles.all()) {
      all.put(
          toggles.toString(), Inputs.file("scenarios/scenario-1.tfvars").with(toggles.variables()));
    }
    return all;
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

    assertThat(seen.applied()).isNotEmpty();
    assertThat(seen.secondPlan().changes()).as("what a second plan would change").isEmpty();
    assertThat(seen.left()).as("what is left after the destroy").isEmpty();
  }
}
