package io.trafficmirror.demo;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The scripts {@code ./demo} and {@code ./bench} in a stub project, with a JDK that prints its
 * arguments and a Maven that only creates empty directories.
 */
final class LauncherTest {
  private static final String BUILD_MESSAGE = "demo: building";

  @TempDir private Path directory;

  @BeforeEach
  void createStubProject() throws IOException {
    Path project = Files.createDirectories(directory.resolve("project"));
    Files.copy(Path.of("demo"), project.resolve("demo"));
    Files.createDirectories(project.resolve("src"));
    Files.copy(
        Path.of("test-integration/launcher.sh"),
        Files.createDirectories(project.resolve("test-integration")).resolve("launcher.sh"));
    Files.writeString(project.resolve("pom.xml"), "<project/>");
    program("jdk/bin/javac", "echo javac 21.0.1");
    program("jdk/bin/java", "printf '%s\\n' \"$@\"");
    program(
        "bin/mvn",
        """
        root=${4%/pom.xml}
        mkdir -p "$root/target/classes" "$root/target/test-classes"
        echo some.jar >"$root/target/demo/classpath"
        """);
  }

  @Test
  void followsSymbolicLinksToTheProject() throws Exception {
    Path links = Files.createDirectories(directory.resolve("links"));
    Files.createSymbolicLink(links.resolve("first"), Path.of("../project/demo"));
    Files.createSymbolicLink(links.resolve("second"), links.resolve("first"));

    Result result = run(links.resolve("second"), "--json", "--seed", "5");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("-Ddemo.home=" + directory.resolve("project").toRealPath())
        .endsWith("io.trafficmirror.demo.Demo", "--json", "--seed", "5");
  }

  @Test
  void buildsOnceAndAnnouncesTheTimeAndNetworkThatItNeeds() throws Exception {
    assertThat(run("--json").err())
        .containsExactly("demo: building; the first build needs a minute or two and the network");
    assertThat(run("--json").err()).isEmpty();
  }

  @Test
  void buildsAgainAfterAChange() throws Exception {
    buildThenMakeSourcesNewer();

    assertThat(run("--json").err()).containsExactly("demo: building, as something has changed");
  }

  @Test
  void runsHelpAndInvalidOptionsWithTheExistingBuild() throws Exception {
    buildThenMakeSourcesNewer();

    for (List<String> arguments :
        List.of(
            List.of("--help"),
            List.of("--version"),
            List.of("--json", "-h"),
            List.of("--instance", "5"),
            List.of("--instance=5"),
            List.of("--seed", "5", "surplus"),
            List.of("--config"))) {
      Result result = run(arguments.toArray(new String[0]));

      assertThat(result.err()).isEmpty();
      assertThat(result.out()).endsWith(arguments.toArray(new String[0]));
    }
  }

  @Test
  void scriptKnowsAllOptionsOfTheProgram() throws Exception {
    for (OptionSpec option : new CommandLine(new DemoOptions()).getCommandSpec().options()) {
      if (option.usageHelp() || option.versionHelp()) {
        continue;
      }
      List<String> arguments = new ArrayList<>(List.of(option.longestName()));
      if (option.arity().max() > 0) {
        arguments.add("--help");
      }
      buildThenMakeSourcesNewer();

      assertThat(run(arguments.toArray(new String[0])).err())
          .as("%s runs with outdated classes", arguments)
          .anyMatch(line -> line.startsWith(BUILD_MESSAGE));
    }
  }

  @Test
  void benchBuildsThePackageAndRunsTheBenchmarks() throws Exception {
    Files.copy(Path.of("bench"), directory.resolve("project/bench"));
    program(
        "bin/mvn",
        """
        root=${4%/pom.xml}
        mkdir -p "$root/target/classes" "$root/target/test-classes"
        echo "$7" >"$root/target/traffic-mirror-pipeline.zip"
        echo some.jar >"$root/target/bench/classpath"
        """);

    Result result = run(directory.resolve("project/bench"), "cold-start", "--json");

    assertThat(result.err()).singleElement().asString().startsWith("bench: building");
    assertThat(result.out())
        .contains("-Dbench.home=" + directory.resolve("project").toRealPath())
        .endsWith("io.trafficmirror.bench.Bench", "cold-start", "--json");
    assertThat(directory.resolve("project/target/traffic-mirror-pipeline.zip"))
        .hasContent("package");
    assertThat(run(directory.resolve("project/bench"), "--help").err()).isEmpty();
  }

  private void buildThenMakeSourcesNewer() throws Exception {
    run("--json");
    Path stamp = directory.resolve("project/target/demo/stamp");
    Files.setLastModifiedTime(stamp, FileTime.from(Instant.EPOCH));
  }

  private void program(String name, String script) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, fromString("rwxr-xr-x"));
  }

  private Result run(String... arguments) throws IOException, InterruptedException {
    return run(directory.resolve("project/demo"), arguments);
  }

  private Result run(Path script, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(arguments));
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    ProcessBuilder process =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    process.environment().clear();
    process
        .environment()
        .putAll(
            Map.of(
                "PATH",
                directory.resolve("bin") + ":/usr/bin:/bin",
                "HOME",
                directory.toString(),
                "JAVA_HOME",
                directory.resolve("jdk").toString()));
    int exitCode = process.start().waitFor();
    return new Result(exitCode, Files.readAllLines(out), Files.readAllLines(err));
  }

  /** The result of a run. */
  private record Result(int exitCode, List<String> out, List<String> err) {}
}
