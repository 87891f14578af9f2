package io.trafficmirror.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolSearchTest {

  @TempDir private Path folder;

  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> variables = new HashMap<>();

  @Test
  void findsTheFirstProgramOnThePath() throws IOException {
    Path second = program("second");
    Path third = program("third");
    variables.put(
        "PATH", folder.resolve("first") + File.pathSeparator + second + File.pathSeparator + third);

    assertThat(search().program("terraform")).contains(second.resolve("terraform"));
  }

  @Test
  void ignoresAFileThatIsNotExecutable() throws IOException {
    Path place = program("place");
    assertThat(place.resolve("terraform").toFile().setExecutable(false)).isTrue();
    variables.put("PATH", place.toString());

    assertThat(search().program("terraform")).isEmpty();
  }

  @Test
  void findsTheMirrorThatHoldsTheAwsProvider() throws IOException {
    properties.put("user.home", folder.toString());
    Path mirror = Files.createDirectories(folder.resolve(".terraform.d/plugins"));
    assertThat(search().providerMirror()).isNotEqualTo(Optional.of(mirror));

    Files.createDirectories(mirror.resolve("registry.example/hashicorp/aws"));
    assertThat(search().providerMirror()).contains(mirror);
  }

  @Test
  void searchesOnlyTheNamedMirror() throws IOException {
    properties.put("user.home", folder.toString());
    Files.createDirectories(folder.resolve(".terraform.d/plugins/registry.example/hashicorp/aws"));
    variables.put(ToolSearch.MIRROR_VARIABLE, folder.resolve("elsewhere").toString());

    assertThat(search().providerMirror()).isEmpty();
  }

  @Test
  void propertyTakesPrecedenceOverTheVariable() throws IOException {
    Path named = folder.resolve("named");
    Files.createDirectories(named.resolve("registry.example/hashicorp/aws"));
    properties.put(ToolSearch.MIRROR_PROPERTY, named.toString());
    variables.put(ToolSearch.MIRROR_VARIABLE, folder.resolve("elsewhere").toString());

    assertThat(search().providerMirror()).contains(named);
  }

  @Test
  void reportsEachMissingToolInOneSentence() {
    assertThat(TerraformTools.find(search(), TerraformTools.Need.EMULATOR))
        .isEqualTo(
            new TerraformTools.Search.Missing(
                List.of(
                    "terraform is not on the PATH.",
                    "moto_server is not on the PATH: `pip install 'moto[server]'` installs this"
                        + " emulator of AWS.")));
  }

  @Test
  void doesNotReportAMissingEmulatorIfNoneIsNeeded() {
    assertThat(TerraformTools.find(search(), TerraformTools.Need.TERRAFORM))
        .isEqualTo(new TerraformTools.Search.Missing(List.of("terraform is not on the PATH.")));
  }

  private Path program(String name) throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    assertThat(Files.createFile(place.resolve("terraform")).toFile().setExecutable(true)).isTrue();
    return place;
  }

  private ToolSearch search() {
    return new ToolSearch(
        name -> Optional.ofNullable(properties.get(name)),
        name -> Optional.ofNullable(variables.get(name)));
  }
}
