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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The seven combinations of the three switches that {@link FirstDeployment} does not cover,
 * including the second scenario as shipped, which uses targets on demand without backfill runs.
 * Each is applied, planned again and destroyed on its own emulator, a few concurrently. Runs only
 * with {@code -Dterraform.combinations=all}, because it takes minutes.
 */
class TerraformCombinationsIT {

  private static final String PROPERTY = "terraform.combinations";

  /** The switches of the shipped scenarios, which are those of the predecessor. */
  private static final Toggles SCENARIO_1 = new Toggles(true, true, false);

  private static final Toggles SCENARIO_2 = new Toggles(false, false, true);

  /** More than the number of processors, because an apply mostly waits. */
  private static final int CONCURRENT_DEPLOYMENTS =
      Math.max(2, Runtime.getRuntime().availableProcessors() * 3 / 2);

  private static final ExecutorService THREADS =
      Executors.newFixedThreadPool(CONCURRENT_DEPLOYMENTS);
  private static final Map<String, Future<Observations>> OBSERVATIONS = new LinkedHashMap<>();

  /** The inputs of the deployments, by title. */
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
          "TerraformCombinationsIT did not run: only the combination with every switch on was"
              + " deployed; -D"
              + PROPERTY
              + "=all deploys all eight combinations.";
      PlainLog.info(reason);
      Assumptions.abort(reason);
    }
    deployments()
        .forEach(
            (title, inputs) ->
                OBSERVATIONS.put(
                    title,
                    THREADS.submit(
                        () ->
                            DeploymentLifecycle.of(tools, title, inputs, Optional.empty())
                                .observations())));
  }

  @AfterAll
  static void stop() {
    THREADS.shutdownNow();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("titles")
  void secondPlanIsEmptyAndDestroyRemovesEverything(String title)
      throws InterruptedException, ExecutionException {
    Observations observations = observations(title);

    assertThat(observations.secondPlan().changes()).as(observations.secondPlan().text()).isEmpty();
    assertThat(observations.left()).as("remaining resources after the destroy").isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("titles")
  void disabledSwitchCreatesNoResourceAndNoPermission(String title)
      throws InterruptedException, ExecutionException {
    Observations observations = observations(title);
    Toggles toggles = toggles(title);
    int schedules = toggles.existing() || toggles.equals(SCENARIO_2) ? 1 : 0;

    assertThat(count(observations, "rule")).isEqualTo(toggles.rules());
    assertThat(count(observations, "schedule")).isEqualTo(schedules);
    assertThat(count(observations, "schedule group")).isEqualTo(schedules);
    assertThat(count(observations, "queue")).isEqualTo(toggles.rules() + schedules);
    assertThat(count(observations, "role")).isEqualTo(1 + toggles.rules() + schedules);
    assertThat(actions(observations).anyMatch("kinesis:PutRecords"::equals))
        .isEqualTo(toggles.existing());
  }

  @Test
  void secondScenarioHasAScheduleThatOnlySweeps() throws InterruptedException, ExecutionException {
    Observations observations = observations(SCENARIO_2.toString());

    assertThat(observations.applied())
        .contains(
            "schedule scenario-2/scenario-2-sweep",
            "schedule group scenario-2",
            "queue scenario-2-sweep-dead-letters",
            "role scenario-2-sweep-us-east-1",
            "alarm scenario-2-target-launches",
            "alarm scenario-2-schedule-dropped")
        .doesNotContain("alarm scenario-2-backfill-ended-early");
    assertThat(actions(observations))
        .contains("ec2:TerminateInstances", "ec2:DeleteTrafficMirrorTarget");
    assertThat(observations.firstPlan().text())
        .contains("on a schedule that only sweeps, every 360 minutes");
  }

  private static Observations observations(String title)
      throws InterruptedException, ExecutionException {
    return Optional.ofNullable(OBSERVATIONS.get(title)).orElseThrow().get();
  }

  private static long count(Observations observations, String kind) {
    return observations.applied().stream()
        .filter(thing -> thing.substring(0, thing.lastIndexOf(' ')).equals(kind))
        .count();
  }

  private static Stream<String> actions(Observations observations) {
    return observations.permissions().values().stream()
        .flatMap(List::stream)
        .flatMap(permission -> permission.actions().stream());
  }

  private static Toggles toggles(String title) {
    return Toggles.all().stream()
        .filter(toggles -> toggles.toString().equals(title))
        .findFirst()
        .orElseThrow();
  }
}
