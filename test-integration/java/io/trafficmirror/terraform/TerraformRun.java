package io.trafficmirror.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A working copy of the repository's configuration, and Terraform run in it. The copy has the
 * layout of the repository, so that relative paths remain valid. Not safe for use by several
 * threads.
 */
public final class TerraformRun {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Path REPOSITORY = Path.of("").toAbsolutePath();
  private static final String PLAN = "run.plan";

  /** The package as the build writes it. */
  static final String PACKAGE = "target/traffic-mirror-pipeline.zip";

  /**
   * The inputs of the package; if they exist, Terraform compares their digest with that of the
   * build.
   */
  private static final List<String> SOURCES = List.of("LICENSE", "pom.xml", "src/main");

  private final TerraformTools tools;
  private final Path folder;
  private final Path root;
  private final Map<String, String> environment;

  private TerraformRun(
      TerraformTools tools, Path folder, Path root, Map<String, String> environment) {
    this.tools = tools;
    this.folder = folder;
    this.root = root;
    this.environment = environment;
  }

  /**
   * Creates a working copy with an empty state, not initialised.
   *
   * @param folder an empty folder
   * @param environment what the child processes get besides {@link TerraformTools#environment()}
   */
  static TerraformRun copy(TerraformTools tools, Path folder, Map<String, String> environment) {
    Folders.copy(REPOSITORY.resolve("terraform"), folder.resolve("terraform"));
    Folders.copy(REPOSITORY.resolve("config"), folder.resolve("config"));
    copySources(folder);
    copyPackage(folder);
    return new TerraformRun(tools, folder, folder.resolve("terraform"), environment);
  }

  /**
   * Creates a working copy for an emulator, with {@link EmulatorOverrides}.
   *
   * @param folder an empty folder
   * @param environment what the child processes get besides {@link TerraformTools#environment()}
   */
  public static TerraformRun copyForEmulator(
      TerraformTools tools, Path folder, Map<String, String> environment) {
    TerraformRun run = copy(tools, folder, environment);
    EmulatorOverrides.addTo(run.root());
    return run;
  }

  /** The root folder of the copy. */
  Path folder() {
    return folder;
  }

  /** The working directory of Terraform. */
  Path root() {
    return root;
  }

  /** The same copy with another working directory. */
  TerraformRun in(String path) {
    return new TerraformRun(tools, folder, folder.resolve(path), environment);
  }

  /** Writes or overwrites a file of the copy. */
  public Path write(String path, String content) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Restores a file of the copy from the repository. */
  void restore(String path) {
    try {
      Files.copy(
          REPOSITORY.resolve(path), folder.resolve(path), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a file of the copy. */
  public void remove(String path) {
    try {
      Files.delete(folder.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs {@code terraform}, and accepts any exit code. */
  ChildProcess.Result run(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(tools.terraform().toString());
    command.addAll(arguments);
    Map<String, String> all = new TreeMap<>(tools.environment());
    all.putAll(environment);
    return ChildProcess.run(command, root, all, LIMIT);
  }

  /** Installs modules and the provider; the state is a local file. */
  public void init() {
    succeed(List.of("init", "-input=false", "-no-color", "-backend=false"));
  }

  /** Plans, and asserts that it succeeds. */
  TerraformPlan plan(Inputs inputs) {
    ChildProcess.Result result = runPlan(inputs);
    assertThat(result.exitCode()).as(result.tail()).isIn(0, 2);
    String json = succeed(List.of("show", "-json", PLAN)).output();
    return TerraformPlan.parse(result.output(), json.substring(json.indexOf('{')));
  }

  /** Plans, and asserts that it fails; returns the output without frames and line breaks. */
  String failingPlan(Inputs inputs) {
    ChildProcess.Result result = runPlan(inputs);
    assertThat(result.exitCode())
        .as("exit code of a plan that must fail:\n" + result.tail())
        .isEqualTo(1);
    return TerraformText.plain(result.output());
  }

  private ChildProcess.Result runPlan(Inputs inputs) {
    List<String> arguments =
        new ArrayList<>(
            List.of("plan", "-input=false", "-no-color", "-detailed-exitcode", "-out=" + PLAN));
    arguments.addAll(inputs.flags());
    return run(arguments);
  }

  /** Applies the last plan. */
  void apply() {
    succeed(List.of("apply", "-input=false", "-no-color", PLAN));
  }

  /** Destroys the deployment. */
  public void destroy(Inputs inputs) {
    List<String> arguments =
        new ArrayList<>(List.of("destroy", "-input=false", "-no-color", "-auto-approve"));
    arguments.addAll(inputs.flags());
    succeed(arguments);
  }

  /** Runs {@code terraform}, and asserts that the exit code is 0. */
  public ChildProcess.Result succeed(List<String> arguments) {
    ChildProcess.Result result = run(arguments);
    assertThat(result.exitCode())
        .as("terraform " + String.join(" ", arguments) + ":\n" + result.tail())
        .isZero();
    return result;
  }

  private static void copySources(Path folder) {
    for (String source : SOURCES) {
      try {
        Files.createDirectories(folder.resolve(source).getParent());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Folders.copy(REPOSITORY.resolve(source), folder.resolve(source));
    }
  }

  private static void copyPackage(Path folder) {
    Path zip = Path.of(System.getProperty("artifact.zip", REPOSITORY.resolve(PACKAGE).toString()));
    try {
      Path target = folder.resolve(PACKAGE);
      Files.createDirectories(target.getParent());
      try (Stream<Path> built = Files.list(zip.getParent())) {
        String name = zip.getFileName().toString();
        for (Path file : built.filter(f -> f.getFileName().toString().startsWith(name)).toList()) {
          Files.copy(file, target.resolveSibling(file.getFileName()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not copy the package " + zip, e);
    }
  }
}
