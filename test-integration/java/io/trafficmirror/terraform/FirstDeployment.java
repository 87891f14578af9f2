package io.trafficmirror.terraform;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.opentest4j.TestAbortedException;

/**
 * The deployment of every build: the first scenario with every switch on, whose policy is then
 * replaced by that of the second scenario, which uses targets on demand. It is created once for all
 * tests of a run.
 */
final class FirstDeployment {

  /** Its inputs: the first scenario with every switch on. */
  static final Inputs INPUTS =
      Inputs.file("scenarios/scenario-1.tfvars").with(Toggles.ALL_ON.variables());

  private static final FutureTask<DeploymentLifecycle.Result> LIFECYCLE =
      new FutureTask<>(
          () ->
              DeploymentLifecycle.of(
                  TerraformTools.orSkip(TerraformTools.Need.EMULATOR, FirstDeployment.class),
                  Toggles.ALL_ON.toString(),
                  INPUTS,
                  Optional.of("config/scenario-2.yaml")));

  private FirstDeployment() {}

  /**
   * The observations. The first caller creates the deployment; if that fails, every caller gets the
   * error.
   */
  static DeploymentLifecycle.Result result() {
    LIFECYCLE.run();
    try {
      return LIFECYCLE.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TestAbortedException skipped) {
        throw skipped;
      }
      throw new AssertionError("the first deployment failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The observations of the policy change. */
  static PolicyChange policyChange() {
    return result().policyChange().orElseThrow();
  }
}
