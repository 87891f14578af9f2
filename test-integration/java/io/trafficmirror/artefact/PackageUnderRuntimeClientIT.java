package io.trafficmirror.artefact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.function.FunctionAnswer;
import io.trafficmirror.function.FunctionOptions;
import io.trafficmirror.function.FunctionProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The package under AWS's Lambda runtime interface client, with the handler that Terraform
 * configures.
 */
@EnabledOnOs(
    value = OS.LINUX,
    disabledReason = "AWS's Lambda runtime interface client runs on Linux only")
class PackageUnderRuntimeClientIT {

  private static final Path TERRAFORM = Path.of("terraform/modules/stream-consumer/main.tf");
  private static final String NO_FAILURES = "{\"batchItemFailures\":[]}";
  private static final int MIN_JAVA_VERSION = 21;

  @TempDir private Path folder;

  @Test
  void appliedHandlerMirrorsALaunch() throws Exception {
    try (MinimalEnvironment world = new MinimalEnvironment();
        FunctionProcess process = start(world, options())) {
      assertThat(text(process.invoke(world.launch(1)))).isEqualTo(NO_FAILURES);
      assertThat(world.sessions()).isEqualTo(1);
      assertThat(world.aws().calls().refusedAsUnsupported()).isEmpty();
    }
  }

  /**
   * Lambda omits fields that a record does not have; events from a test console may lack any field.
   */
  @Test
  void acceptsEventsWithAbsentFields() throws Exception {
    try (MinimalEnvironment world = new MinimalEnvironment();
        FunctionProcess process = start(world, options())) {
      for (String event : List.of("{}", "{\"Records\":null}", "{\"Records\":[]}")) {
        assertThat(text(process.invoke(event.getBytes(UTF_8)))).isEqualTo(NO_FAILURES);
      }
      for (String absent :
          List.of("eventVersion", "eventName", "invokeIdentityArn", "awsRegion", "eventSource")) {
        assertThat(text(process.invoke(without(world.launch(1), absent)))).isEqualTo(NO_FAILURES);
      }
      for (String absent :
          List.of("kinesisSchemaVersion", "partitionKey", "approximateArrivalTimestamp")) {
        assertThat(text(process.invoke(withoutInKinesis(world.launch(1), absent))))
            .as("without " + absent)
            .isEqualTo(NO_FAILURES);
      }
      assertThat(world.sessions()).as("one session per launch").isEqualTo(8);
    }
  }

  @Test
  void returnsARecordThatCannotBeStored() throws Exception {
    try (MinimalEnvironment world = new MinimalEnvironment();
        FunctionProcess process = start(world, options())) {
      byte[] event = withoutInKinesis(world.launch(1), "data");
      assertThat(process.invoke(event)).isInstanceOf(FunctionAnswer.Answered.class);
      assertThat(process.log()).contains("rejected");
    }
  }

  @TestFactory
  Stream<DynamicTest> startsOnEverySupportedJdkOfThisMachine() throws IOException {
    List<Path> javaHomes = javaHomes();
    System.out.println("The package is started on these JDKs: " + javaHomes);
    return javaHomes.stream()
        .map(
            home ->
                dynamicTest(
                    home.getFileName().toString(),
                    () -> {
                      try (MinimalEnvironment world = new MinimalEnvironment();
                          FunctionProcess process = start(world, options().withJavaHome(home))) {
                        assertThat(process.initialise()).isEmpty();
                        assertThat(text(process.invoke(world.launch(1)))).isEqualTo(NO_FAILURES);
                        assertThat(process.log()).doesNotContain("Exception");
                      }
                    }));
  }

  private static List<Path> javaHomes() throws IOException {
    Path usual = Path.of("/usr/lib/jvm");
    Path own = Path.of(System.getProperty("java.home"));
    try (Stream<Path> all = Files.isDirectory(usual) ? Files.list(usual) : Stream.empty()) {
      return Stream.concat(Stream.of(own), all)
          .filter(home -> versionOf(home) >= MIN_JAVA_VERSION)
          .map(PackageUnderRuntimeClientIT::real)
          .distinct()
          .toList();
    }
  }

  private static Path real(Path home) {
    try {
      return home.toRealPath();
    } catch (IOException e) {
      return home;
    }
  }

  private static int versionOf(Path home) {
    try {
      Matcher version =
          Pattern.compile("JAVA_VERSION=\"(\\d+)")
              .matcher(Files.readString(home.resolve("release")));
      return version.find() ? Integer.parseInt(version.group(1)) : 0;
    } catch (IOException none) {
      return 0;
    }
  }

  private FunctionOptions options() {
    return FunctionOptions.defaults(folder.resolve("logs"));
  }

  private static FunctionProcess start(MinimalEnvironment world, FunctionOptions options)
      throws IOException {
    return FunctionProcess.start(
        world.function("consumer", Jars.PACKAGE, appliedHandler()), options);
  }

  /** The handler that Terraform configures. */
  static String appliedHandler() throws IOException {
    Matcher handler =
        Pattern.compile("\\n\\s*handler\\s*=\\s*\"([^\"]+)\"").matcher(Files.readString(TERRAFORM));
    assertThat(handler.find()).as("a handler in " + TERRAFORM).isTrue();
    return handler.group(1);
  }

  private static byte[] without(byte[] event, String name) {
    JsonObject json = JsonParser.parseString(new String(event, UTF_8)).getAsJsonObject();
    records(json).forEach(record -> record.getAsJsonObject().remove(name));
    return json.toString().getBytes(UTF_8);
  }

  private static byte[] withoutInKinesis(byte[] event, String name) {
    JsonObject json = JsonParser.parseString(new String(event, UTF_8)).getAsJsonObject();
    records(json)
        .forEach(record -> record.getAsJsonObject().getAsJsonObject("kinesis").remove(name));
    return json.toString().getBytes(UTF_8);
  }

  private static JsonArray records(JsonObject event) {
    return event.getAsJsonArray("Records");
  }

  private static String text(FunctionAnswer answer) {
    assertThat(answer).isInstanceOf(FunctionAnswer.Answered.class);
    return new String(((FunctionAnswer.Answered) answer).body(), UTF_8);
  }
}
