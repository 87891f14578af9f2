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
 * The tools that the tests of this package run.
 *
 * @param terraform the program
 * @param cliConfiguration Terraform's CLI configuration for the tests; empty for the user's own
 * @param motoServer moto's server; empty where no test of this run needs it
 */
public record TerraformTools(
    Path terraform, Optional<Path> cliConfiguration, Optional<Path> motoServer) {

  /** With the value {@code true} a missing tool fails a test instead of skipping it. */
  public static final String REQUIRED_PROPERTY = "terraform.required";

  /** The oldest minor version of Terraform 1 that mocks known values while it plans. */
  private static final int OLDEST_MINOR = 11;

  private static final Duration SHORT = Duration.ofMinutes(2);
  private static final Duration DOWNLOAD = Duration.ofMinutes(10);

  /** Where the provider is installed once, to see whether it can be. */
  private static final Path INSTALLATION = Path.of("target", "terraform-provider").toAbsolutePath();

  /** Terraform lays providers out as a mirror has them. */
  private static final Path DOWNLOADED = INSTALLATION.resolve(".terraform").resolve("providers");

  /** What a test needs besides Terraform and the AWS provider. */
  public enum Need {
    /** Nothing. */
    TERRAFORM,
    /** An emulator of AWS. */
    EMULATOR
  }

  /** What became of the search. */
  public sealed interface Search {
    /**
     * Everything is there.
     *
     * @param tools it
     */
    record Found(TerraformTools tools) implements Search {}

    /**
     * Something is missing.
     *
     * @param sentences one plain sentence for each missing tool, with the reason
     */
    record Missing(List<String> sentences) implements Search {
      /** Copies the list. */
      public Missing {
        sentences = List.copyOf(sentences);
      }
    }
  }

  /**
   * The tools; where one is missing, the calling tests are skipped with a line on the console that
   * says why, or fail where they are required.
   */
  public static TerraformTools orSkip(Need need, Class<?> tests) {
    Search search = find(ToolSearch.here(), need);
    return switch (search) {
      case Search.Found(TerraformTools tools) -> tools;
      case Search.Missing(List<String> sentences) -> {
        String reason = tests.getSimpleName() + " did not run: " + String.join(" ", sentences);
        if (Boolean.getBoolean(REQUIRED_PROPERTY)) {
          throw new AssertionError(reason + " (-D" + REQUIRED_PROPERTY + "=true asks for it.)");
        }
        PlainLog.say(reason);
        yield Assumptions.abort(reason);
      }
    };
  }

  /**
   * Looks for the tools, and tries whether Terraform can install the AWS provider. Where there is
   * no mirror, what it then downloads is the mirror for everything that follows. One search at a
   * time, because they install into the same folder.
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
          "moto_server is not on the PATH: `pip install 'moto[server]'` brings an emulator of"
              + " AWS.");
    }
    Optional<Path> mirror = search.providerMirror();
    Optional<TerraformTools> tools =
        terraform.map(
            program -> new TerraformTools(program, mirror.map(TerraformTools::written), moto));
    tools.flatMap(TerraformTools::complaint).ifPresent(sentences::add);
    if (tools.isEmpty() || !sentences.isEmpty()) {
      return new Search.Missing(sentences);
    }
    return new Search.Found(
        new TerraformTools(
            tools.get().terraform(),
            tools.get().cliConfiguration().or(() -> Optional.of(written(DOWNLOADED))),
            moto));
  }

  private Optional<String> complaint() {
    return versionComplaint().or(this::providerComplaint);
  }

  private Optional<String> versionComplaint() {
    ChildProcess.Ended version =
        ChildProcess.run(
            List.of(terraform.toString(), "version", "-json"),
            Path.of("").toAbsolutePath(),
            environment(),
            SHORT);
    int start = version.output().indexOf('{');
    if (version.exitCode() != 0 || start < 0) {
      return Optional.of("terraform does not tell its version: " + version.tail().strip());
    }
    String number =
        JsonParser.parseString(version.output().substring(start))
            .getAsJsonObject()
            .get("terraform_version")
            .getAsString();
    String[] parts = number.split("[.-]", -1);
    boolean old = parts[0].equals("1") && Integer.parseInt(parts[1]) < OLDEST_MINOR;
    return old
        ? Optional.of(
            "terraform is "
                + number
                + ", and the tests need 1."
                + OLDEST_MINOR
                + " or later, because only that mocks values that are known while it plans.")
        : Optional.empty();
  }

  private Optional<String> providerComplaint() {
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
      ChildProcess.Ended init =
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
   * The environment of every child process: the machine's, without what a person has set for
   * Terraform and AWS, so that no test can reach an account.
   */
  public Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>(System.getenv());
    environment.keySet().removeIf(TerraformTools::isPersonal);
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

  private static boolean isPersonal(String variable) {
    return variable.startsWith("AWS_")
        || (variable.startsWith("TF_") && !variable.equals("TF_CLI_CONFIG_FILE"))
        || variable.startsWith("MOTO_");
  }

  /** A CLI configuration that takes providers from this mirror and from nowhere else. */
  private static Path written(Path mirror) {
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
