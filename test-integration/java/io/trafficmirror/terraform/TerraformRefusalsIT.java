package io.trafficmirror.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a person gets to read when the plan is refused. That every input is refused where it should
 * be is shown by {@code terraform test}; these are the words of those that a person meets.
 */
class TerraformRefusalsIT {

  private static final String POLICY = "config/scenario-1.yaml";
  private static final Inputs SCENARIO = Inputs.file("scenarios/scenario-1.tfvars");

  @TempDir private static Path folder;

  private static final List<MotoServer> MOTO = new ArrayList<>();
  private static final List<TerraformTools> TOOLS = new ArrayList<>();

  @TempDir private Path copy;

  @BeforeAll
  static void start() {
    TerraformTools tools =
        TerraformTools.orSkip(TerraformTools.Need.EMULATOR, TerraformRefusalsIT.class);
    TOOLS.add(tools);
    MOTO.add(MotoServer.start(tools, folder.resolve("moto.log")));
  }

  @AfterAll
  static void stop() {
    MOTO.forEach(MotoServer::close);
  }

  static Stream<Arguments> policies() {
    return Stream.of(
        Arguments.of("an empty file", "", "is empty"),
        Arguments.of("text that is not YAML", "tags: [\n", "is not YAML"),
        Arguments.of("a list", "- tags\n", "is not a mapping"),
        Arguments.of("no entry", "tags: []\n", "has no entry"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("policies")
  void aPolicyThatCannotBeReadIsRefused(String what, String policy, String sentence) {
    TerraformRun run = working();
    run.write(POLICY, policy);

    assertThat(run.refusedPlan(SCENARIO)).contains("scenario-1.yaml " + sentence);
  }
}
