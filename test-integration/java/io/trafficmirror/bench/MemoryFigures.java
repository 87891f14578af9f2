package io.trafficmirror.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine;

/** Adds the results of {@code ./bench memory} to the table. Not part of the short form. */
final class MemoryFigures implements Benchmark {

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<Figure> measure(boolean brief, long seed, Consumer<String> progress) {
    if (brief) {
      return List.of();
    }
    progress.accept("the heap that batches need");
    StringWriter json = new StringWriter();
    PrintWriter out = new PrintWriter(json, true);
    new CommandLine(new MemoryBench(out, new PrintWriter(System.err, true, StandardCharsets.UTF_8)))
        .execute("--json");
    JsonObject result = JsonParser.parseString(json.toString()).getAsJsonObject();
    List<Figure> figures = new ArrayList<>();
    for (JsonElement each : result.getAsJsonArray("sizes")) {
      JsonObject size = each.getAsJsonObject();
      figures.add(
          Figure.informational(
              name(),
              "a batch about %,d instances: heap needed"
                  .formatted(size.get("instances").getAsInt()),
              size.get("heap_needed_mb").getAsDouble(),
              "MB"));
    }
    figures.add(
        Figure.atMost(
            name(),
            "heap needed at most",
            result.get("heap_needed_mb").getAsDouble(),
            "MB",
            result.get("max_heap_mb").getAsDouble(),
            1));
    return figures;
  }
}
