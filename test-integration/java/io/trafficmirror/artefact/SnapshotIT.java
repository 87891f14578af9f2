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
 * The package before and after a snapshot (SnapStart), as far as a JVM without snapshots can show
 * it: AWS's client runs the hooks, and the process waits between them.
 */
@EnabledOnOs(
    value = OS.LINUX,
    disabledReason = "AWS's Lambda runtime interface client runs on Linux only")
class SnapshotIT {

  @TempDir private Path folder;

  @Test
  void snapshotHasThePolicyAndNoOpenConnections() throws Exception {
    try (MinimalEnvironment world = new MinimalEnvironment();
        FunctionProcess process = start(function(world))) {
      assertThat(process.initialise()).isEmpty();

      assertThat(world.aws().calls().byAction("s3")).as("the policy is read").isNotEmpty();
      assertThat(world.aws().calls().byAction("ec2"))
          .as("one read-only call")
          .isEqualTo(Map.of("DescribeInstances", 1));
      assertThat(process.credentialsServed()).isEqualTo(1);
      assertThat(connectionsTo(world.aws().endpoint().getPort())).as("open connections").isEmpty();

      assertThat(process.invoke(world.launch(1))).isInstanceOf(FunctionAnswer.Answered.class);
      assertThat(world.sessions()).isEqualTo(1);
      assertThat(process.credentialsServed())
          .as("the restored environment gets its own credentials")
          .isEqualTo(2);
      assertThat(connectionsTo(world.aws().endpoint().getPort()))
          .as("connections are kept open again")
          .isNotEmpty();
      assertThat(process.log()).doesNotContain("Exception", "WARN\"");
    }
  }

  @Test
  void invalidPolicyWhileTheVersionIsPublishedIsHarmless() throws Exception {
    try (MinimalEnvironment world = new MinimalEnvironment();
        FunctionProcess process = start(function(world))) {
      world.setPolicyReadable(false);
      assertThat(process.initialise()).isEmpty();
      world.setPolicyReadable(true);
      assertThat(process.invoke(world.launch(1))).isInstanceOf(FunctionAnswer.Answered.class);
      assertThat(world.sessions()).isEqualTo(1);
    }
  }

  @Test
  void awsErrorsWhileTheVersionIsPublishedAreHarmless() throws Exception {
    try (MinimalEnvironment world = new MinimalEnvironment()) {
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
  void invalidSettingsReturnEveryBatchForRetry() throws Exception {
    try (MinimalEnvironment world = new MinimalEnvironment()) {
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

  private static FunctionSettings function(MinimalEnvironment world) throws IOException {
    return world.function("consumer", Jars.PACKAGE, PackageUnderRuntimeClientIT.appliedHandler());
  }

  /** The established connections to a local port, from Linux's connection table. */
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
