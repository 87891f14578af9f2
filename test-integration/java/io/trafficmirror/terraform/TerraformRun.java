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
 * A working copy of the repository's configuration, and Terraform run in it. The copy is laid out
 * as the repository is, so that paths from one part to another hold. One thread at a time.
 */
public final class TerraformRun {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Path REPOSITORY = Path.of("").toAbsolutePath();
  private static final String PLAN = "run.plan";

  /** Where the build puts the package. */
  static final String PACKAGE = "target/traffic-mirror-pipeline.zip";

  /** What the build's digest of the package covers: where these are, Terraform compares it. */
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
   * Makes a working copy with an empty state, not initialised.
   *
   * @param folder an empty folder
   * @param environment what the child processes get besides {@link TerraformTools#environment()}
   */
  static TerraformRun copy(TerraformTools tools, Path folder, Map<String, String> environment) {
    Folders.copy(REPOSITORY.resolve("terraform"), folder.resolve("terraform"));
    Folders.copy(REPOSITORY.resolve("config"), folder.resolve("config"));
    laySources(folder);
    layPackage(folder);
    return new TerraformRun(tools, folder, folder.resolve("terraform"), environment);
  }

  /**
   * Makes a working copy for an emulator: the same, with {@link EmulatorOverrides}.
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

  /** Where the repository's files are in this copy. */
  Path folder() {
    return folder;
  }

  /** Where Terraform runs. */
  Path root() {
    return root;
  }

  /** The same copy, but Terraform runs in another folder of it. */
  TerraformRun in(String path) {
    return new TerraformRun(tools, folder, folder.resolve(path), environment);
  }

  /** Writes a file of the copy, instead of what is there. */
  public Path write(String path, String content) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a file of the copy back to what it is in the repository. */
  void restore(String path) {
    try {
      Files.copy(
          REPOSITORY.resolve(path), folder.resolve(path), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes a file of the copy. */
  public void remove(String path) {
    try {
      Files.delete(folder.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs {@code terraform} with these arguments, whatever becomes of it. */
  ChildProcess.Ended run(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(tools.terraform().toString());
    command.addAll(arguments);
    Map<String, String> all = new TreeMap<>(tools.environment());
    all.putAll(environment);
    return ChildProcess.run(command, root, all, LIMIT);
  }

  /** Installs modules and the provider; the copy's state is a local file. */
  public void init() {
    succeed(List.of("init", "-input=false", "-no-color", "-backend=false"));
  }

  /** Plans, and expects that the configuration can be planned. */
  TerraformPlan plan(Inputs inputs) {
    ChildProcess.Ended ended = tryPlan(inputs);
    assertThat(ended.exitCode()).as(ended.tail()).isIn(0, 2);
    String json = succeed(List.of("show", "-json", PLAN)).output();
    return TerraformPlan.parse(ended.output(), json.substring(json.indexOf('{')));
  }

  /** Plans, and expects a refusal; what Terraform says about it, without frames and line breaks. */
  String refusedPlan(Inputs inputs) {
    ChildProcess.Ended ended = tryPlan(inputs);
    assertThat(ended.exitCode()).as("a refused plan's exit code:\n" + ended.tail()).isEqualTo(1);
    return TerraformText.plain(ended.output());
  }

  private ChildProcess.Ended tryPlan(Inputs inputs) {
    List<String> arguments =
        new ArrayList<>(
            List.of("plan", "-input=false", "-no-color", "-detailed-exitcode", "-out=" + PLAN));
    arguments.addAll(inputs.flags());
    return run(arguments);
  }

  /** Applies what was planned last. */
  void apply() {
    succeed(List.of("apply", "-input=false", "-no-color", PLAN));
  }

  /** Takes everything away again. */
  public void destroy(Inputs inputs) {
    List<String> arguments =
        new ArrayList<>(List.of("destroy", "-input=false", "-no-color", "-auto-approve"));
    arguments.addAll(inputs.flags());
    succeed(arguments);
  }

  /** Runs {@code terraform} and expects exit code 0. */
  public ChildProcess.Ended succeed(List<String> arguments) {
    ChildProcess.Ended ended = run(arguments);
    assertThat(ended.exitCode())
        .as("terraform " + String.join(" ", arguments) + ":\n" + ended.tail())
        .isZero();
    return ended;
  }

  private static void laySources(Path folder) {
    for (String source : SOURCES) {
      try {
        Files.createDirectories(folder.resolve(source).getParent());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Folders.copy(REPOSITORY.resolve(source), folder.resolve(source));
    }
  }

  private static void layPackage(Path folder) {
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
      throw new UncheckedIOException("no package to deploy beside " + zip, e);
    }
  }
}
