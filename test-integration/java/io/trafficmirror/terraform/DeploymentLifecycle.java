package io.trafficmirror.terraform;

import io.trafficmirror.contract.PlainLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Creates a deployment on its own emulator, records observations, optionally changes the policy,
 * and destroys the deployment. Asserts nothing about the observations.
 */
final class DeploymentLifecycle {

  /** The Region of the scenarios. */
  static final String REGION = "us-east-1";

  private final String title;
  private final Inputs inputs;
  private final TerraformRun run;
  private final MotoServer moto;
  private final long start = System.nanoTime();

  private DeploymentLifecycle(String title, Inputs inputs, TerraformRun run, MotoServer moto) {
    this.title = title;
    this.inputs = inputs;
    this.run = run;
    this.moto = moto;
  }

  /**
   * The observations of a complete lifecycle.
   *
   * @param observations the observations
   * @param policyChange the observations of the policy change; empty if the policy was not changed
   */
  record Result(Observations observations, Optional<PolicyChange> policyChange) {}

  /**
   * Runs a complete lifecycle.
   *
   * @param title the title in the console output
   * @param inputs the inputs of the configuration
   * @param changedPolicy a file of the repository that replaces the first scenario's policy
   */
  static Result of(
      TerraformTools tools, String title, Inputs inputs, Optional<String> changedPolicy) {
    Path folder = Folders.temporary();
    try (MotoServer moto = MotoServer.start(tools, folder.resolve("moto.log"))) {
      Path copy = Files.createDirectories(folder.resolve("repository"));
      TerraformRun run = TerraformRun.copyForEmulator(tools, copy, moto.environment());
      return new DeploymentLifecycle(title, inputs, run, moto).runLifecycle(changedPolicy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Folders.delete(folder);
    }
  }

  private Result runLifecycle(Optional<String> changedPolicy) {
    try (EmulatedAccount account = new EmulatedAccount(moto.endpoint(), REGION)) {
      SortedSet<String> before = account.inventory();
      run.init();
      TerraformPlan first = run.plan(inputs);
      logDuration("planned");
      run.apply();
      logDuration("applied");
      SortedSet<String> applied = account.inventory();
      applied.removeAll(before);
      Map<String, String> environment = account.functionEnvironment();
      var permissions = RolePermissions.of(account.iam());
      TerraformPlan second = run.plan(inputs);
      logDuration("planned again");
      Optional<PolicyChange> change = changedPolicy.map(to -> change(account, to));
      // A destroy must not need the package.
      run.remove(TerraformRun.PACKAGE);
      run.destroy(inputs);
      logDuration("destroyed");
      SortedSet<String> left = account.inventory();
      left.removeAll(before);
      return new Result(
          new Observations(first, applied, environment, permissions, second, left), change);
    }
  }

  private PolicyChange change(EmulatedAccount account, String to) {
    try {
      run.write("config/scenario-1.yaml", Files.readString(run.folder().resolve(to)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    TerraformPlan plan = run.plan(inputs);
    run.apply();
    logDuration("applied a changed policy");
    return new PolicyChange(plan, RolePermissions.of(account.iam()), run.plan(inputs));
  }

  private void logDuration(String what) {
    PlainLog.info(
        "Terraform (%s): %s after %d s"
            .formatted(title, what, Duration.ofNanos(System.nanoTime() - start).toSeconds()));
  }
}
