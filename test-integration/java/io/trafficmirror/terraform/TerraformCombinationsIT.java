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
 * The seven combinations of the three switches that {@link FirstDeployment} leaves, the second
 * scenario as it is shipped among them, which asks for targets on demand without runs over all
 * instances: applied, planned again and destroyed, each on an emulator of its own, a few at a time.
 * Only with {@code -Dterraform.combinations=all}, because it takes minutes.
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
    Observations seen = seen(title);

    assertThat(seen.secondPlan().changes()).as(seen.secondPlan().text()).isEmpty();
    assertThat(seen.left()).as("what is left after the destroy").isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("titles")
  void whatIsSwitchedOffIsNotThereNorIsAPermissionForIt(String title)
      throws InterruptedException, ExecutionException {
    Observations seen = seen(title);
    Toggles toggles = toggles(title);
    int schedules = toggles.existing() || toggles.equals(SCENARIO_2) ? 1 : 0;

    assertThat(count(seen, "rule")).isEqualTo(toggles.rules());
    assertThat(count(seen, "schedule")).isEqualTo(schedules);
    assertThat(count(seen, "schedule group")).isEqualTo(schedules);
    assertThat(count(seen, "queue")).isEqualTo(toggles.rules() + schedules);
    assertThat(count(seen, "role")).isEqualTo(1 + toggles.rules() + schedules);
    assertThat(actions(seen).anyMatch("kinesis:PutRecords"::equals)).isEqualTo(toggles.existing());
  }

  @Test
  void withoutRunsTheSecondScenarioKeepsAScheduleThatOnlySweeps()
      throws InterruptedException, ExecutionException {
    Observations seen = seen(SCENARIO_2.toString());

    assertThat(seen.applied())
        .contains(
            "schedule scenario-2/scenario-2-sweep",
            "schedule group scenario-2",
            "queue scenario-2-sweep-dead-letters",
            "role scenario-2-sweep-us-east-1",
            "alarm scenario-2-target-launches",
            "alarm scenario-2-schedule-dropped")
        .doesNotContain("alarm scenario-2-backfill-ended-early");
    assertThat(actions(seen)).contains("ec2:TerminateInstances", "ec2:DeleteTrafficMirrorTarget");
    assertThat(seen.firstPlan().text())
        .contains("on a schedule that only sweeps, every 360 minutes");
  }

  private static Observations seen(String title) throws InterruptedException, ExecutionException {
    return Optional.ofNullable(SEEN.get(title)).orElseThrow().get();
  }

  private static long count(Observations seen, String kind) {
    return seen.applied().stream()
        .filter(thing -> thing.substring(0, thing.lastIndexOf(' ')).equals(kind))
        .count();
  }

  private static Stream<String> actions(Observations seen) {
    return seen.permissions().values().stream()
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
