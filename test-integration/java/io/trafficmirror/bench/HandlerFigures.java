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

/** Adds the results of {@code ./bench handler} to the table. */
final class HandlerFigures implements Benchmark {

  @Override
  public String name() {
    return "handler";
  }

  @Override
  public List<Figure> measure(boolean brief, long seed, Consumer<String> progress) {
    progress.accept("the handler, by JMH");
    StringWriter json = new StringWriter();
    PrintWriter out = new PrintWriter(json, true);
    new CommandLine(
            new HandlerBench(out, new PrintWriter(System.err, true, StandardCharsets.UTF_8)))
        .execute(brief ? new String[] {"--short", "--json"} : new String[] {"--json"});
    JsonObject result = JsonParser.parseString(json.toString()).getAsJsonObject();
    List<Figure> figures = new ArrayList<>();
    for (JsonElement each : result.getAsJsonArray("batches")) {
      JsonObject batch = each.getAsJsonObject();
      String what =
          "%,d records about %,d instances: "
              .formatted(batch.get("records").getAsInt(), batch.get("instances").getAsInt());
      figures.add(
          Figure.informational(
              name(),
              what + "a second of one core",
              batch.get("records_per_second").getAsDouble(),
              "records"));
      figures.add(
          Figure.informational(
              name(),
              what + "allocated per record",
              batch.get("bytes_per_record").getAsDouble(),
              "bytes"));
    }
    figures.add(
        Figure.atLeast(
            name(),
            "the slowest batch from 100 records on: a second of one core",
            result.get("records_per_second").getAsDouble(),
            "records",
            result.get("min_records_per_second").getAsDouble()));
    figures.add(
        Figure.atMost(
            name(),
            "cost of a record in one batch of 10,000 over that in 100 batches of 100",
            result.get("growth_100_to_10000").getAsDouble(),
            "",
            result.get("max_growth").getAsDouble(),
            1));
    figures.add(
        Figure.atMost(
            name(),
            "allocated by a record at 10,000 over that at 100",
            result.get("bytes_growth_100_to_10000").getAsDouble(),
            "",
            result.get("max_bytes_growth").getAsDouble(),
            1));
    figures.add(
        Figure.atMost(
            name(),
            "cost of a record in a fleet of 10,000 over that in one of 100",
            result.get("fleet_growth_100_to_10000").getAsDouble(),
            "",
            result.get("max_fleet_growth").getAsDouble(),
            1));
    return figures;
  }
}
