package io.trafficmirror.terraform;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.opentest4j.TestAbortedException;

/**
 * The one deployment that every build makes: the first scenario with everything switched on, whose
 * policy then becomes that of the second, which asks for targets on demand. It is made once for all
 * tests of a run.
 */
final class FirstDeployment {

  /** What it is told: the first scenario, with everything switched on. */
  static final Inputs INPUTS =
      Inputs.file("scenarios/scenario-1.tfvars").with(Toggles.ALL_ON.variables());

  private static final FutureTask<Lifecycle.Seen> LIFE =
      new FutureTask<>(
          () ->
              Lifecycle.of(
                  TerraformTools.orSkip(TerraformTools.Need.EMULATOR, FirstDeployment.class),
                  Toggles.ALL_ON.toString(),
                  INPUTS,
                  Optional.of("config/scenario-2.yaml")));

  private FirstDeployment() {}

  /** What was seen of it; the first caller makes it, and each gets the error where that failed. */
  static Lifecycle.Seen seen() {
    LIFE.run();
    try {
      return LIFE.get();
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

  /** What was seen when its policy changed. */
  static PolicyChange policyChange() {
    return seen().policyChange().orElseThrow();
  }
}
