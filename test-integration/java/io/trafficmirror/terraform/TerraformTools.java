package io.trafficmirror.terraform;

import com.google.gson.JsonParser;
import io.trafficmirror.contract.PlainLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/**
 * The external tools of the tests.
 *
 * @param terraform the Terraform program
 * @param cliConfiguration the Terraform CLI configuration for the tests; empty for the user's own
 * @param motoServer moto's server; empty if the test does not need it
 */
public record TerraformTools(
    Path terraform, Optional<Path> cliConfiguration, Optional<Path> motoServer) {

  /** If {@code true}, a missing tool fails a test instead of skipping it. */
  public static final String REQUIRED_PROPERTY = "terraform.required";

  /** The first minor version of Terraform 1 whose mocks can be known during the plan. */
  private static final int MIN_MINOR_VERSION = 11;

  private static final Duration SHORT = Duration.ofMinutes(2);
  private static final Duration DOWNLOAD = Duration.ofMinutes(10);

  /** Where the provider is installed once, to check that it can be. */
  private static final Path INSTALLATION = Path.of("target", "terraform-provider").toAbsolutePath();

  /** The downloaded providers, which have the layout of a mirror. */
  private static final Path DOWNLOADED = INSTALLATION.resolve(".terraform").resolve("providers");

  /** The tools that a test needs in addition to Terraform and the AWS provider. */
  public enum Need {
    /** Nothing. */
    TERRAFORM,
    /** An emulator of AWS. */
    EMULATOR
  }

  /** The result of the search. */
  public sealed interface Search {
    /**
     * All tools were found.
     *
     * @param tools the tools
     */
    record Found(TerraformTools tools) implements Search {}

    /**
     * A tool is missing.
     *
     * @param sentences one sentence per missing tool
     */
    record Missing(List<String> sentences) implements Search {
      /** Copies the list. */
      public Missing {
        sentences = List.copyOf(sentences);
      }
    }
  }

  /**
   * Returns the tools. If one is missing, the calling tests are skipped with a line on the console,
   * or fail if the tools are required.
   */
  public static TerraformTools orSkip(Need need, Class<?> tests) {
    Search search = find(ToolSearch.here(), need);
    return switch (search) {
      case Search.Found(TerraformTools tools) -> tools;
      case Search.Missing(List<String> sentences) -> {
        String reason = tests.getSimpleName() + " did not run: " + String.join(" ", sentences);
        if (Boolean.getBoolean(REQUIRED_PROPERTY)) {
          throw new AssertionError(reason + " (-D" + REQUIRED_PROPERTY + "=true requires it.)");
        }
        PlainLog.info(reason);
        yield Assumptions.abort(reason);
      }
    };
  }

  /**
   * Searches for the tools, and checks that Terraform can install the AWS provider. Without a
   * mirror, the downloaded provider becomes the mirror for everything that follows. Synchronized
   * because every search installs into the same folder.
   */
  public static synchronized Search find(ToolSearch search, Need need) {
    List<String> sentences = new ArrayList<>();
    Optional<Path> terraform = search.program("terraform");
    if (terraform.isEmpty()) {
      sentences.add("terraform is not on the PATH.");
    }
    Optional<Path> moto =
        need == Need.EMULATOR ? search.program("moto_server") : Optional.<Path>empty();
    if (need == Need.EMULATOR && moto.isEmpty()) {
      sentences.add(
          "moto_server is not on the PATH: `pip install 'moto[server]'` installs this emulator of"
              + " AWS.");
    }
    Optional<Path> mirror = search.providerMirror();
    Optional<TerraformTools> tools =
        terraform.map(
            program ->
                new TerraformTools(
                    program, mirror.map(TerraformTools::writeCliConfiguration), moto));
    tools.flatMap(TerraformTools::problem).ifPresent(sentences::add);
    if (tools.isEmpty() || !sentences.isEmpty()) {
      return new Search.Missing(sentences);
    }
    return new Search.Found(
        new TerraformTools(
            tools.get().terraform(),
            tools.get().cliConfiguration().or(() -> Optional.of(writeCliConfiguration(DOWNLOADED))),
            moto));
  }

  private Optional<String> problem() {
    return versionProblem().or(this::providerProblem);
  }

  private Optional<String> versionProblem() {
    ChildProcess.Result version =
        ChildProcess.run(
            List.of(terraform.toString(), "version", "-json"),
            Path.of("").toAbsolutePath(),
            environment(),
            SHORT);
    int start = version.output().indexOf('{');
    if (version.exitCode() != 0 || start < 0) {
      return Optional.of("terraform does not report its version: " + version.tail().strip());
    }
    String number =
        JsonParser.parseString(version.output().substring(start))
            .getAsJsonObject()
            .get("terraform_version")
            .getAsString();
    String[] parts = number.split("[.-]", -1);
    boolean old = parts[0].equals("1") && Integer.parseInt(parts[1]) < MIN_MINOR_VERSION;
    return old
        ? Optional.of(
            "terraform is "
                + number
                + ", but the tests need 1."
                + MIN_MINOR_VERSION
                + " or later, whose mocks can have values that are known during the plan.")
        : Optional.empty();
  }

  private Optional<String> providerProblem() {
    try {
      Path folder = Files.createDirectories(INSTALLATION);
      Files.writeString(
          folder.resolve("terraform.tf"),
          """
          terraform {
            required_providers {
              aws = {
                source  = "hashicorp/aws"
                version = ">= 5.100.0"
              }
            }
          }
          """);
      ChildProcess.Result init =
          ChildProcess.run(
              List.of(terraform.toString(), "init", "-input=false", "-no-color"),
              folder,
              environment(),
              DOWNLOAD);
      return init.exitCode() == 0
          ? Optional.empty()
          : Optional.of(
              "the AWS provider for Terraform, 5.100.0 or later, is neither in a filesystem"
                  + " mirror (name one with -D"
                  + ToolSearch.MIRROR_PROPERTY
                  + "=DIRECTORY or the environment variable "
                  + ToolSearch.MIRROR_VARIABLE
                  + ") nor can `terraform init` download it: "
                  + TerraformText.plain(init.tail()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The environment of every child process: that of this process without the user's settings for
   * Terraform and AWS, so that no test can reach an account.
   */
  public Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>(System.getenv());
    environment.keySet().removeIf(TerraformTools::isUserSetting);
    cliConfiguration.ifPresent(file -> environment.put("TF_CLI_CONFIG_FILE", file.toString()));
    environment.put("TF_IN_AUTOMATION", "1");
    environment.put("CHECKPOINT_DISABLE", "1");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("AWS_CONFIG_FILE", "/dev/null");
    environment.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    environment.put("NO_PROXY", "127.0.0.1,localhost");
    environment.put("no_proxy", "127.0.0.1,localhost");
    return environment;
  }

  private static boolean isUserSetting(String variable) {
    return variable.startsWith("AWS_")
        || (variable.startsWith("TF_") && !variable.equals("TF_CLI_CONFIG_FILE"))
        || variable.startsWith("MOTO_");
  }

  /** Writes a CLI configuration that installs providers only from the given mirror. */
  private static Path writeCliConfiguration(Path mirror) {
    try {
      Path file = Files.createTempFile("terraform-", ".rc");
      file.toFile().deleteOnExit();
      return Files.writeString(
          file,
          """
          disable_checkpoint = true

          provider_installation {
            filesystem_mirror {
              path = "%s"
            }
          }
          """
              .formatted(mirror.toString().replace("\\", "\\\\")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
