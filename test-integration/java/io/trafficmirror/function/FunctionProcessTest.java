package io.trafficmirror.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@link FunctionProcess} behaves like an execution environment of Lambda. */
@EnabledOnOs(
    value = OS.LINUX,
    disabledReason = "AWS's Lambda runtime interface client runs on Linux only")
final class FunctionProcessTest {

  private static final byte[] EMPTY_EVENT = "{}".getBytes(UTF_8);

  @TempDir private Path folder;
  private Path zip = Path.of("not-yet");

  @BeforeEach
  void pack() {
    zip = TestPackage.in(folder);
  }

  @Test
  void handlerReceivesTheEventAndItsContext() throws InterruptedException {
    try (FunctionProcess process = start(TestHandlers.Echo.class)) {
      JsonObject answer = answered(process.invoke("{\"a\":\"b\"}".getBytes(UTF_8), "request-1"));

      assertThat(answer.get("event")).hasToString("{\"a\":\"b\"}");
      assertThat(answer.get("request").getAsString()).isEqualTo("request-1");
      assertThat(answer.get("arn").getAsString()).endsWith(":function:tiny:live");
      assertThat(answer.get("function").getAsString()).isEqualTo("tiny 7");
      assertThat(answer.get("memory").getAsInt()).isEqualTo(256);
      assertThat(answer.get("left").getAsInt()).isBetween(1, 2_000);
      assertThat(answered(process.invoke(EMPTY_EVENT)).get("call").getAsInt()).isEqualTo(2);
      assertThat(process.peakMemoryMegabytes()).isBetween(20L, 500L);
      assertThat(process.initialisationDuration()).isPositive();
    }
  }

  @Test
  void environmentHasOnlyTheAppliedAndLambdasVariables() throws InterruptedException {
    try (FunctionProcess process = start(TestHandlers.EnvironmentReport.class)) {
      JsonObject answer = answered(process.invoke(EMPTY_EVENT));
      JsonObject variables = answer.getAsJsonObject("variables");

      Set<String> lambdas = new HashSet<>(LambdaEnvironment.RESERVED);
      // Not set by this runtime, or only set with tracing or during an invocation.
      lambdas.removeAll(Set.of("AWS_ACCESS_KEY", "_X_AMZN_TRACE_ID"));
      lambdas.addAll(Set.of("LANG", "TZ", "PATH", "SETTING"));
      assertThat(variables.keySet()).containsExactlyInAnyOrderElementsOf(lambdas);
      assertThat(variables.get("SETTING").getAsString()).isEqualTo("a value");
      assertThat(variables.get("AWS_REGION").getAsString()).isEqualTo("eu-central-1");
      assertThat(answer.get("home").getAsString()).endsWith("no-home");
    }
  }

  @Test
  void jvmHasLambdasFlags() throws InterruptedException {
    try (FunctionProcess process = start(TestHandlers.EnvironmentReport.class)) {
      List<String> flags =
          answered(process.invoke(EMPTY_EVENT)).getAsJsonArray("flags").asList().stream()
              .map(flag -> flag.getAsString())
              .toList();

      assertThat(flags)
          .contains("-XX:MaxHeapSize=222823k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    }
  }

  /** Three values that Lambda functions with this memory have logged. */
  @Test
  void heapSizeMatchesLambda() {
    assertThat(JvmCommand.heapKibibytes(512)).isEqualTo(445_645);
    assertThat(JvmCommand.heapKibibytes(1_536)).isEqualTo(1_336_935);
    assertThat(JvmCommand.heapKibibytes(3_008)).isEqualTo(2_834_432);
  }

  @Test
  void handlerExceptionIsAFunctionErrorAndKeepsTheEnvironment() throws InterruptedException {
    try (FunctionProcess process = start(TestHandlers.Throwing.class)) {
      assertThat(process.invoke("{\"throw\":\"too bad\"}".getBytes(UTF_8)))
          .isInstanceOfSatisfying(
              FunctionAnswer.FunctionError.class,
              error -> {
                assertThat(error.type()).isEqualTo("java.lang.IllegalStateException");
                assertThat(error.message()).isEqualTo("too bad");
                assertThat(error.body()).contains("stackTrace", "TestHandlers$Throwing");
              });
      assertThat(process.isAlive()).isTrue();
      assertThat(process.invoke(EMPTY_EVENT)).isInstanceOf(FunctionAnswer.Answered.class);
    }
  }

  @Test
  void endsAHandlerThatTimesOut() throws InterruptedException {
    try (FunctionProcess process = start(TestHandlers.Hanging.class)) {
      assertThat(process.invoke(EMPTY_EVENT))
          .isEqualTo(new FunctionAnswer.TimedOut(Duration.ofSeconds(2)));
      assertThat(process.isAlive()).isFalse();
      assertThat(process.log()).contains("hanging");
    }
  }

  @Test
  void reportsACrashWithItsExitCodeAndLastOutput() throws InterruptedException {
    try (FunctionProcess process = start(TestHandlers.Exiting.class)) {
      assertThat(process.invoke("{\"exit\":3}".getBytes(UTF_8)))
          .isInstanceOfSatisfying(
              FunctionAnswer.Crashed.class,
              crash -> {
                assertThat(crash.exitCode()).isEqualTo(3);
                assertThat(crash.lastLines()).contains("the last words");
              });
    }
  }

  @Test
  void rejectsAResponseAboveLambdasLimit() throws InterruptedException {
    try (FunctionProcess process = start(TestHandlers.LargeResponse.class)) {
      assertThat(process.invoke(EMPTY_EVENT))
          .isInstanceOfSatisfying(
              FunctionAnswer.FunctionError.class,
              error -> assertThat(error.type()).isEqualTo("Function.ResponseSizeTooLarge"));
    }
  }

  @Test
  void reportsAThrowingConstructorAsAnInitError() throws InterruptedException {
    try (FunctionProcess process = start(TestHandlers.FailingConstructor.class)) {
      assertThat(process.invoke(EMPTY_EVENT))
          .isInstanceOfSatisfying(
              FunctionAnswer.InitError.class,
              error -> {
                assertThat(error.type()).isEqualTo("java.lang.IllegalArgumentException");
                assertThat(error.message()).contains("no such thing");
              });
      assertThat(process.isAlive()).isFalse();
    }
  }

  @Test
  void reportsAHangingConstructorAsAnInitError() throws InterruptedException {
    FunctionOptions shortLimit = options().withInitialisationTime(Duration.ofSeconds(1));
    try (FunctionProcess process =
        FunctionProcess.start(
            TestPackage.function(zip, TestHandlers.HangingConstructor.class), shortLimit)) {
      assertThat(process.invoke(EMPTY_EVENT))
          .isInstanceOfSatisfying(
              FunctionAnswer.InitError.class,
              error -> assertThat(error.type()).isEqualTo("Sandbox.Timedout"));
      assertThat(process.isAlive()).isFalse();
    }
  }

  @Test
  void reportsAMissingHandlerOnTheFirstInvocation() throws InterruptedException {
    FunctionSettings unknownHandler =
        TestPackage.function(zip, TestHandlers.Echo.class)
            .withHandler("io.trafficmirror.function.TinyHandler::handleRequest");
    try (FunctionProcess process = FunctionProcess.start(unknownHandler, options())) {
      assertThat(process.invoke(EMPTY_EVENT))
          .isInstanceOfSatisfying(
              FunctionAnswer.FunctionError.class,
              error -> assertThat(error.type()).isEqualTo("java.lang.ClassNotFoundException"));
    }
  }

  @Test
  void runsHooksBeforeTheSnapshotAndWithTheFirstEvent() throws InterruptedException {
    FunctionOptions snapshot = options().withStart(FunctionOptions.Start.SNAPSHOT);
    try (FunctionProcess process =
        FunctionProcess.start(
            TestPackage.function(zip, TestHandlers.WithSnapshotHooks.class), snapshot)) {
      assertThat(process.initialise()).isEmpty();
      assertThat(text(process.invoke(EMPTY_EVENT))).isEqualTo("[\"made\",\"before\",\"after\"]");
      assertThat(text(process.invoke(EMPTY_EVENT))).isEqualTo("[\"made\",\"before\",\"after\"]");
    }
  }

  @Test
  void reportsAThrowingHookAsAnInitError() throws InterruptedException {
    FunctionOptions snapshot = options().withStart(FunctionOptions.Start.SNAPSHOT);
    try (FunctionProcess process =
        FunctionProcess.start(
            TestPackage.function(zip, TestHandlers.FailingRestoreHook.class), snapshot)) {
      assertThat(process.initialise()).isEmpty();
      assertThat(process.invoke(EMPTY_EVENT)).isInstanceOf(FunctionAnswer.InitError.class);
    }
  }

  @Test
  void rejectsReservedVariables() {
    FunctionSettings settings = TestPackage.function(zip, TestHandlers.Echo.class);
    assertThatThrownBy(() -> settings.withEnvironment(Map.of("AWS_REGION", "eu-west-1")))
        .hasMessageContaining("AWS_REGION");
  }

  private FunctionProcess start(Class<?> handler) {
    return FunctionProcess.start(TestPackage.function(zip, handler), options());
  }

  private FunctionOptions options() {
    return FunctionOptions.defaults(folder.resolve("logs"));
  }

  private static JsonObject answered(FunctionAnswer answer) {
    return JsonParser.parseString(text(answer)).getAsJsonObject();
  }

  private static String text(FunctionAnswer answer) {
    assertThat(answer).isInstanceOf(FunctionAnswer.Answered.class);
    return new String(((FunctionAnswer.Answered) answer).body(), UTF_8);
  }
}
