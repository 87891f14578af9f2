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
 * Makes a deployment on an emulator of its own, looks at it, perhaps changes its policy, and takes
 * it away again. Nothing is judged here.
 */
final class Lifecycle {

  /** The scenarios' region. */
  static final String REGION = "us-east-1";

  private final String title;
  private final Inputs inputs;
  private final TerraformRun run;
  private final MotoServer moto;
  private final long start = System.nanoTime();

  private Lifecycle(String title, Inputs inputs, TerraformRun run, MotoServer moto) {
    this.title = title;
    this.inputs = inputs;
    this.run = run;
    this.moto = moto;
  }

  /**
   * The whole life of a deployment.
   *
   * @param observations what was seen
   * @param policyChange what was seen when its policy changed; empty when it was not to change
   */
  record Seen(Observations observations, Optional<PolicyChange> policyChange) {}

  /**
   * Runs it.
   *
   * @param title names it on the console
   * @param inputs what the configuration is told
   * @param changedPolicy a file of the repository that the policy of the first scenario becomes
   */
  static Seen of(
      TerraformTools tools, String title, Inputs inputs, Optional<String> changedPolicy) {
    Path folder = Folders.temporary();
    try (MotoServer moto = MotoServer.start(tools, folder.resolve("moto.log"))) {
      Path copy = Files.createDirectories(folder.resolve("repository"));
      TerraformRun run = TerraformRun.copyForEmulator(tools, copy, moto.environment());
      return new Lifecycle(title, inputs, run, moto).live(changedPolicy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Folders.delete(folder);
    }
  }

  private Seen live(Optional<String> changedPolicy) {
    try (Emulated account = new Emulated(moto.endpoint(), REGION)) {
      SortedSet<String> before = account.inventory();
      run.init();
      TerraformPlan first = run.plan(inputs);
      say("planned");
      run.apply();
      say("applied");
      SortedSet<String> applied = account.inventory();
      applied.removeAll(before);
      Map<String, String> environment = account.functionEnvironment();
      var permissions = RolePermissions.of(account.iam());
      TerraformPlan second = run.plan(inputs);
      say("planned again");
      Optional<PolicyChange> change = changedPolicy.map(to -> change(account, to));
      // Who takes a deployment away need not have what it was made of.
      run.remove(TerraformRun.PACKAGE);
      run.destroy(inputs);
      say("destroyed");
      SortedSet<String> left = account.inventory();
      left.removeAll(before);
      return new Seen(
          new Observations(first, applied, environment, permissions, second, left), change);
    }
  }

  private PolicyChange change(Emulated account, String to) {
    try {
      run.write("config/scenario-1.yaml", Files.readString(run.folder().resolve(to)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    TerraformPlan plan = run.plan(inputs);
    run.apply();
    say("applied a changed policy");
    return new PolicyChange(plan, RolePermissions.of(account.iam()), run.plan(inputs));
  }

  private void say(String what) {
    PlainLog.say(
        "Terraform (%s): %s after %d s"
            .formatted(title, what, Duration.ofNanos(System.nanoTime() - start).toSeconds()));
  }
}
