package io.trafficmirror.bench;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Figures as a Markdown table and as JSON.
 *
 * @param command the command line
 * @param date the date of the run
 * @param figures the figures, in the order of the table
 */
record Report(String command, LocalDate date, List<Figure> figures) {

  private static final List<String> HEAD =
      List.of("benchmark", "figure", "value", "unit", "bound", "ratio", "kept");

  Report {
    figures = List.copyOf(figures);
  }

  boolean isGood() {
    return figures.stream().allMatch(Figure::isKept);
  }

  String table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    figures.forEach(figure -> rows.add(row(figure)));
    int[] widths = new int[HEAD.size()];
    rows.forEach(
        row -> {
          for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
          }
        });
    StringBuilder table = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      line(table, rows.get(i), widths);
      if (i == 0) {
        for (int width : widths) {
          table.append("| ").append("-".repeat(width)).append(' ');
        }
        table.append("|\n");
      }
    }
    return table.toString();
  }

  private static void line(StringBuilder table, List<String> row, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      table.append("| ").append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length()));
      table.append(' ');
    }
    table.append("|\n");
  }

  private static List<String> row(Figure figure) {
    String kept = figure.isKept() ? "yes" : "NO";
    return List.of(
        figure.benchmark(),
        figure.what(),
        Figure.number(figure.value()),
        figure.unit(),
        figure.boundText(),
        figure.ratio().map(Figure::number).orElse(""),
        figure.bound().isPresent() ? kept : "");
  }

  String json() {
    JsonArray array = new JsonArray();
    for (Figure figure : figures) {
      JsonObject one = new JsonObject();
      one.addProperty("benchmark", figure.benchmark());
      one.addProperty("figure", figure.what());
      one.addProperty("value", figure.value());
      one.addProperty("unit", figure.unit());
      figure
          .bound()
          .ifPresent(
              bound -> {
                one.addProperty("limit", bound.limit());
                one.addProperty(bound.atLeast() ? "at_least" : "at_most", bound.factor());
                one.addProperty("ratio", figure.ratio().orElseThrow());
                one.addProperty("kept", figure.isKept());
              });
      array.add(one);
    }
    JsonObject result = new JsonObject();
    result.addProperty("command", command);
    result.addProperty("date", date.toString());
    result.addProperty("good", isGood());
    result.add("figures", array);
    return new GsonBuilder().setPrettyPrinting().create().toJson(result) + "\n";
  }
}
