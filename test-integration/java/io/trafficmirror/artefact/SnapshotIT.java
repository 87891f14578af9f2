package io.trafficmirror.artefact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.function.FunctionAnswer;
import io.trafficmirror.function.FunctionOptions;
import io.trafficmirror.function.FunctionProcess;
import io.trafficmirror.function.FunctionSettings;
import io.trafficmirror.lambda.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The package around a snapshot (SnapStart), as far as a JVM that cannot take one shows it: AWS's
 * client runs the hooks, and between them the process stands still.
 */
@EnabledOnOs(
    value = OS.LINUX,
    disabledReason = "AWS's Lambda runtime interface client runs on Linux only")
class SnapshotIT {

  @TempDir private Path folder;

  @Test
  void beforeItEverythingIsThereAndNothingThatMustNotBeCopied() throws Exception {
    try (SmallWorld world = new SmallWorld();
        FunctionProcess process = start(function(world))) {
      assertThat(process.initialise()).isEmpty();

      assertThat(world.aws().calls().byAction("s3")).as("the policy is read").isNotEmpty();
      assertThat(world.aws().calls().byAction("ec2"))
          .as("one call that changes nothing")
          .isEqualTo(Map.of("DescribeInstances", 1));
      assertThat(process.credentialsGiven()).isEqualTo(1);
      assertThat(connectionsTo(world.aws().endpoint().getPort())).as("open connections").isEmpty();

      assertThat(process.invoke(world.launch(1))).isInstanceOf(FunctionAnswer.Answered.class);
      assertThat(world.sessions()).isEqualTo(1);
      assertThat(process.credentialsGiven()).as("the copy has its own").isEqualTo(2);
      assertThat(connectionsTo(world.aws().endpoint().getPort())).as("kept again").isNotEmpty();
      assertThat(process.log()).doesNotContain("Exception", "WARN\"");
    }
  }

  @Test
  void aPolicyThatIsWrongWhileTheVersionIsPublishedBreaksNothing() throws Exception {
    try (SmallWorld world = new SmallWorld();
        FunctionProcess process = start(function(world))) {
      world.policyIsThere(false);
      assertThat(process.initialise()).isEmpty();
      world.policyIsThere(true);
      assertThat(process.invoke(world.launch(1))).isInstanceOf(FunctionAnswer.Answered.class);
      assertThat(world.sessions()).isEqualTo(1);
    }
  }

  @Test
  void whatAwsRefusesWhileTheVersionIsPublishedBreaksNothing() throws Exception {
    try (SmallWorld world = new SmallWorld()) {
      world.aws().faults().refuse("ec2", "*", Integer.MAX_VALUE, 403, "UnauthorizedOperation");
      world.aws().faults().refuse("s3", "*", Integer.MAX_VALUE, 403, "AccessDenied");
      try (FunctionProcess process = start(function(world))) {
        assertThat(process.initialise()).isEmpty();
        world.aws().faults().clear();
        assertThat(process.invoke(world.launch(1))).isInstanceOf(FunctionAnswer.Answered.class);
        assertThat(world.sessions()).isEqualTo(1);
      }
    }
  }

  @Test
  void wrongSettingsBreakNothingAndEveryBatchGoesBack() throws Exception {
    try (SmallWorld world = new SmallWorld()) {
      FunctionSettings settings = function(world);
      Map<String, String> variables = new HashMap<>(settings.environment());
      variables.remove(Settings.DEPLOYMENT);
      try (FunctionProcess process = start(settings.withEnvironment(variables))) {
        assertThat(process.initialise()).isEmpty();
        assertThat(process.invoke(world.launch(1)))
            .isInstanceOfSatisfying(
                FunctionAnswer.Answered.class,
                answered ->
                    assertThat(new String(answered.body(), UTF_8)).contains("itemIdentifier"));
        assertThat(process.log()).contains("MIRROR_DEPLOYMENT is not set");
      }
    }
  }

  private FunctionProcess start(FunctionSettings settings) {
    return FunctionProcess.start(
        settings,
        FunctionOptions.defaults(folder.resolve("logs")).withStart(FunctionOptions.Start.SNAPSHOT));
  }

  private static FunctionSettings function(SmallWorld world) throws IOException {
    return world.function("consumer", Jars.PACKAGE, PackageUnderClientIT.appliedHandler());
  }

  /** From this machine to a port of it, established, by Linux's table of connections. */
  private static List<String> connectionsTo(int port) throws IOException {
    String to = "0100007F:%04X".formatted(port);
    List<String> open = new ArrayList<>();
    for (Path table : List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"))) {
      for (String line : Files.exists(table) ? Files.readAllLines(table) : List.<String>of()) {
        String[] fields = line.strip().split("\\s+", -1);
        boolean established = fields.length > 3 && fields[3].equals("01");
        if (established && fields[2].endsWith(to)) {
          open.add(line);
        }
      }
    }
    return open;
  }
}
