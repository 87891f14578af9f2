package io.trafficmirror.demo;

import io.trafficmirror.demo.InstanceResult.Reason;
import io.trafficmirror.demo.InstanceResult.Session;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The results of all instances as CSV, with a header line. Fields are quoted according to RFC 4180;
 * lines end with a line feed. Missing values are empty fields.
 */
final class InstancesCsv {

  private static final List<String> NAMES =
      List.of(
          "account",
          "region",
          "instance",
          "interface",
          "entry",
          "session",
          "target",
          "reason",
          "explanation");

  private InstancesCsv() {}

  static String of(List<InstanceResult> instances) {
    StringBuilder csv = new StringBuilder(line(NAMES));
    instances.forEach(instance -> csv.append(line(fields(instance))));
    return csv.toString();
  }

  private static List<String> fields(InstanceResult instance) {
    String networkInterface = instance.networkInterface().orElse("");
    String entry = instance.entry().orElse("");
    return switch (instance.status()) {
      case Session(String id, String target) ->
          List.of(
              instance.account(),
              instance.region(),
              instance.instance(),
              networkInterface,
              entry,
              id,
              target,
              "",
              "");
      case Reason(String label, String explanation) ->
          List.of(
              instance.account(),
              instance.region(),
              instance.instance(),
              networkInterface,
              entry,
              "",
              "",
              label,
              explanation);
    };
  }

  private static String line(List<String> fields) {
    return fields.stream().map(InstancesCsv::quoted).collect(Collectors.joining(",", "", "\n"));
  }

  private static String quoted(String field) {
    boolean isPlain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
