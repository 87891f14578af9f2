package io.trafficmirror.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.LambdaFunction.Result;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@link DeployedFunction} reuses and replaces environments as Lambda does. */
@EnabledOnOs(
    value = OS.LINUX,
    disabledReason = "AWS's Lambda runtime interface client runs on Linux only")
final class DeployedFunctionTest {

  private static final Duration ANY = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void reusesAnIdleEnvironment() {
    try (DeployedFunction function = function(TestHandlers.Throwing.class)) {
      assertThat(invoke(function, "{}")).isInstanceOf(Result.Returned.class);
      assertThat(invoke(function, "{\"throw\":\"x\"}"))
          .isEqualTo(new Result.Failed("java.lang.IllegalStateException", "x"));
      assertThat(invoke(function, "{}")).isInstanceOf(Result.Returned.class);
      assertThat(function.environments()).hasSize(1);
    }
  }

  @Test
  void replacesACrashedEnvironment() {
    try (DeployedFunction function = function(TestHandlers.Exiting.class)) {
      assertThat(invoke(function, "{\"exit\":1}"))
          .isInstanceOfSatisfying(
              Result.Failed.class,
              failed -> assertThat(failed.errorType()).isEqualTo("Runtime.ExitError"));
      assertThat(invoke(function, "{}")).isInstanceOf(Result.Returned.class);
      assertThat(function.environments()).hasSize(2);
    }
  }

  /** The runtime client reports the error before it exits. */
  @Test
  void replacesAnEnvironmentThatRanOutOfMemory() {
    try (DeployedFunction function = function(TestHandlers.MemoryExhausting.class)) {
      for (int i = 0; i < 2; i++) {
        assertThat(invoke(function, "{}"))
            .isInstanceOfSatisfying(
                Result.Failed.class,
                failed -> assertThat(failed.errorType()).isEqualTo("java.lang.OutOfMemoryError"));
      }
      assertThat(function.environments()).hasSize(2);
    }
  }

  @Test
  void replacesAnEnvironmentThatTimedOut() {
    try (DeployedFunction function = function(TestHandlers.Hanging.class)) {
      for (int i = 0; i < 2; i++) {
        assertThat(invoke(function, "{}"))
            .isEqualTo(new Result.Failed("Sandbox.Timedout", "Task timed out after 2 seconds"));
      }
      assertThat(function.environments()).hasSize(2);
    }
  }

  private DeployedFunction function(Class<?> handler) {
    return DeployedFunction.of(
        TestPackage.function(TestPackage.in(folder), handler),
        FunctionOptions.defaults(folder.resolve("logs")));
  }

  private static Result invoke(DeployedFunction function, String event) {
    return function.invoke(event.getBytes(UTF_8), "request", ANY);
  }
}
