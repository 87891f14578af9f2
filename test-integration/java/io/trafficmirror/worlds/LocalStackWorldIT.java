package io.trafficmirror.worlds;

import io.trafficmirror.terraform.TerraformTools;
import io.trafficmirror.terraform.ToolSearch;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The scenarios on LocalStack in a container; they need a Docker engine. */
final class LocalStackWorldIT extends Scenarios {

  @Override
  String world() {
    return "localstack";
  }

  @Override
  World open() {
    if (!LocalStackServer.isDockerAvailable()) {
      return Assumptions.abort("no Docker engine");
    }
    return switch (TerraformTools.find(ToolSearch.here(), TerraformTools.Need.TERRAFORM)) {
      case TerraformTools.Search.Found(TerraformTools tools) -> on(tools);
      case TerraformTools.Search.Missing(List<String> sentences) ->
          Assumptions.abort(String.join(" ", sentences));
    };
  }

  private World on(TerraformTools tools) {
    LocalStackServer server =
        LocalStackServer.start(name -> Optional.ofNullable(System.getProperty(name)));
    return new EmulatorWorld(world(), server.options(), tools, server::close);
  }
}
