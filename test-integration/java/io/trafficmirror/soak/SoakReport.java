package io.trafficmirror.soak;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.trafficmirror.harness.Discrepancies;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The report of a soak as text and as JSON.
 *
 * @param command the command
 * @param date the date of the run
 * @param result the result
 */
public record SoakReport(String command, LocalDate date, SoakResult result) {

  /** The header of the progress lines. */
  public static final String HEAD = Sample.HEAD;

  private static final double MEGABYTE = 1_048_576;
  private static final int MAX_FINDINGS = 10;
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  /** The report as text: figures, memory samples and result. */
  public String text() {
    StringBuilder text = new StringBuilder();
    result
        .figures()
        .numbers()
        .forEach(
            (what, count) -> text.append(String.format(Locale.ROOT, "%-62s %,10d\n", what, count)));
    text.append('\n').append(Sample.HEAD).append('\n');
    result.samples().stream()
        .filter(sample -> sample.at().toSeconds() % 60 == 0)
        .forEach(sample -> text.append(sample).append('\n'));
    text.append('\n').append(right());
    findings().forEach(finding -> text.append("  ").append(finding).append('\n'));
    result.heap().ifPresent(it -> text.append(memory("heap", it, MEGABYTE, "MB")));
    result
        .held()
        .ifPresent(it -> text.append(memory("held by the oldest process", it, 1, "objects")));
    text.append("memory: ").append(flat()).append('\n');
    return text.toString();
  }

  private String right() {
    Discrepancies findings = result.findings();
    return """
    %d embedded minutes and the final checks in %.0f s; seed %d
    lost %d, doubled %d, wrong %d: %s
    """
        .formatted(
            result.options().minutes(),
            result.wall().toMillis() / 1e3,
            result.options().seed(),
            findings.lost().size(),
            findings.doubled().size(),
            findings.wrong().size(),
            result.isCorrect() ? "correct" : "INCORRECT");
  }

  private String flat() {
    if (!result.judgesMemory()) {
      return "not checked in less than " + SoakResult.MINUTES_TO_JUDGE_MEMORY + " minutes";
    }
    return result.isFlat()
        ? "flat"
        : "GROWS; classes with more bytes than in the middle: " + result.figures().grown();
  }

  private List<String> findings() {
    List<String> all = new ArrayList<>();
    for (List<String> kind :
        List.of(
            result.findings().lost(),
            result.findings().doubled(),
            result.findings().wrong(),
            result.figures().unsupported())) {
      kind.stream().limit(MAX_FINDINGS).forEach(all::add);
    }
    return all;
  }

  private static String memory(String what, Flatness flatness, double unit, String unitName) {
    return String.format(
        Locale.ROOT,
        "%s: median %s %s in the middle third, %s %s in the last; ratio %.3f, at most %s\n",
        what,
        number(flatness.middle(), unit),
        unitName,
        number(flatness.last(), unit),
        unitName,
        flatness.ratio(),
        Flatness.MAX_RATIO
            + (flatness.slack() == 0 ? "" : ", or %d more".formatted(flatness.slack())));
  }

  private static String number(long value, double unit) {
    return unit == 1 ? Long.toString(value) : String.format(Locale.ROOT, "%.1f", value / unit);
  }

  /** The report as JSON. */
  public String json() {
    JsonObject json = new JsonObject();
    json.addProperty("command", command);
    json.addProperty("date", date.toString());
    json.addProperty("seed", result.options().seed());
    json.addProperty("embedded_minutes", result.options().minutes());
    json.addProperty("wall_seconds", result.wall().toMillis() / 1e3);
    json.addProperty("good", result.isGood());
    json.addProperty("right", result.isCorrect());
    json.addProperty("flat", result.isFlat());
    json.addProperty("memory_judged", result.judgesMemory());
    result.heap().ifPresent(it -> json.addProperty("heap_ratio", it.ratio()));
    result.held().ifPresent(it -> json.addProperty("held_ratio", it.ratio()));
    json.add("lost", GSON.toJsonTree(result.findings().lost()));
    json.add("doubled", GSON.toJsonTree(result.findings().doubled()));
    json.add("wrong", GSON.toJsonTree(result.findings().wrong()));
    json.add("unsupported", GSON.toJsonTree(result.figures().unsupported()));
    json.add("figures", GSON.toJsonTree(result.figures().numbers()));
    json.add("grown", GSON.toJsonTree(result.figures().grown()));
    json.add("memory", samples());
    return GSON.toJson(json) + "\n";
  }

  private JsonElement samples() {
    JsonArray series = new JsonArray();
    for (Sample sample : result.samples()) {
      JsonObject one = new JsonObject();
      one.addProperty("embedded_seconds", sample.at().toSeconds());
      one.addProperty("heap_bytes", sample.heapBytes());
      one.addProperty("product_bytes", sample.productBytes());
      one.addProperty("held", sample.held());
      one.addProperty("environments", sample.alive());
      one.addProperty("environments_made", sample.environments());
      one.addProperty("killed", sample.killed());
      one.addProperty("threads", sample.threads());
      one.addProperty("living", sample.living());
      one.addProperty("sessions", sample.sessions());
      series.add(one);
    }
    return series;
  }
}
