package io.trafficmirror.worlds;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.contract.PlainLog;
import io.trafficmirror.terraform.Inputs;
import io.trafficmirror.terraform.TerraformRun;
import io.trafficmirror.terraform.TerraformTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A deployment with {@code terraform apply} of a working copy of the repository's configuration,
 * with its own variables file. Not safe for use by several threads.
 */
final class TerraformDeployment {

  /** The Region of the emulators. */
  static final String REGION = "us-east-1";

  private static final String VARIABLES = "worlds.tfvars";
  private static final Inputs INPUTS = Inputs.file(VARIABLES);

  private final String world;
  private final TerraformRun run;
  private final String architecture;
  private final Map<String, String> functionEnvironment;
  private boolean initialised;

  /**
   * Creates the working copy.
   *
   * @param world the name of the world, for messages
   * @param environment the variables that direct Terraform to the emulator
   * @param architecture the function's architecture: {@code arm64} or {@code x86_64}
   * @param functionEnvironment additional variables of the function
   */
  TerraformDeployment(
      String world,
      TerraformTools tools,
      Path folder,
      Map<String, String> environment,
      String architecture,
      Map<String, String> functionEnvironment) {
    this.world = world;
    this.architecture = architecture;
    this.functionEnvironment = functionEnvironment;
    try {
      Path copy = Files.createDirectories(folder.resolve("repository"));
      this.run = TerraformRun.copyForEmulator(tools, copy, environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Applies a setup, which creates or changes the deployment. */
  void apply(Setup setup, String policy) {
    long start = System.nanoTime();
    if (!initialised) {
      run.init();
      initialised = true;
    }
    run.write("config/worlds.yaml", policy);
    run.write("terraform/" + VARIABLES, variables(setup));
    List<String> arguments =
        new ArrayList<>(List.of("apply", "-input=false", "-no-color", "-auto-approve"));
    arguments.addAll(INPUTS.flags());
    run.succeed(arguments);
    logDuration("applied " + setup, start);
  }

  /** Destroys the deployment. */
  void destroy() {
    long start = System.nanoTime();
    run.destroy(INPUTS);
    logDuration("destroyed", start);
  }

  private void logDuration(String what, long start) {
    PlainLog.info(
        "world %s: %s in %d s"
            .formatted(world, what, Duration.ofNanos(System.nanoTime() - start).toSeconds()));
  }

  private String variables(Setup setup) {
    StringBuilder environment = new StringBuilder();
    functionEnvironment.forEach(
        (name, value) -> environment.append("    %s = \"%s\"\n".formatted(name, value)));
    // With one shard, records are processed in order, so a processed record proves that those
    // before it are processed too.
    return """
    region                 = "%s"
    name                   = "%s"
    policy_file            = "../config/worlds.yaml"
    enable_for_guardduty   = %s
    dry_run                = %s
    backfill_page_size     = %d
    stream                 = { mode = "PROVISIONED", shards = 1 }
    function = {
      architecture    = "%s"
      timeout_seconds = 60
      environment = {
    %s  }
    }
    """
        .formatted(
            REGION,
            Setup.NAME,
            setup.findings(),
            setup.dryRun(),
            Setup.PAGE_SIZE,
            architecture,
            environment);
  }

  /** The outputs of the configuration. */
  Outputs outputs() {
    String json = run.succeed(List.of("output", "-json", "-no-color")).output();
    return new Outputs(JsonParser.parseString(json.substring(json.indexOf('{'))).getAsJsonObject());
  }

  /**
   * The outputs.
   *
   * @param json the output of {@code terraform output -json}
   */
  record Outputs(JsonObject json) {

    String text(String name) {
      return value(name).getAsString();
    }

    /** A text; empty if it is null. */
    Optional<String> optionalText(String name) {
      return Optional.of(value(name))
          .filter(JsonElement::isJsonPrimitive)
          .map(JsonElement::getAsString);
    }

    /** The values of a map. */
    List<String> values(String name) {
      return value(name).getAsJsonObject().asMap().values().stream()
          .map(JsonElement::getAsString)
          .toList();
    }

    private JsonElement value(String name) {
      return json.getAsJsonObject(name).get("value");
    }
  }
}
