package io.trafficmirror.worlds;

import io.trafficmirror.function.FunctionProcess;
import io.trafficmirror.terraform.TerraformTools;
import io.trafficmirror.terraform.ToolSearch;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;

/** The scenarios after {@code terraform apply} to moto, without Docker. */
@Order(1)
final class MotoWorldIT extends Scenarios {

  @Override
  String world() {
    return "moto";
  }

  @Override
  World open() {
    FunctionProcess.unsupportedReason().ifPresent(Assumptions::abort);
    return switch (TerraformTools.find(ToolSearch.here(), TerraformTools.Need.EMULATOR)) {
      case TerraformTools.Search.Found(TerraformTools tools) -> MotoWorld.open(tools);
      case TerraformTools.Search.Missing(List<String> sentences) ->
          Assumptions.abort(String.join(" ", sentences));
    };
  }
}
