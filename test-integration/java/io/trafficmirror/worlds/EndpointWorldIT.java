package io.trafficmirror.worlds;

import io.trafficmirror.terraform.TerraformTools;
import io.trafficmirror.terraform.ToolSearch;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The scenarios on the emulator at {@code -Daws.endpoint}. */
final class EndpointWorldIT extends Scenarios {

  @Override
  String world() {
    return "endpoint";
  }

  @Override
  World open() {
    Optional<EmulatorOptions> options =
        EmulatorOptions.read(name -> Optional.ofNullable(System.getProperty(name)));
    if (options.isEmpty()) {
      return Assumptions.abort("no -D" + EmulatorOptions.ENDPOINT);
    }
    return switch (TerraformTools.find(ToolSearch.here(), TerraformTools.Need.TERRAFORM)) {
      case TerraformTools.Search.Found(TerraformTools tools) ->
          new EmulatorWorld(world(), options.get(), tools, () -> {});
      case TerraformTools.Search.Missing(List<String> sentences) ->
          Assumptions.abort(String.join(" ", sentences));
    };
  }
}
