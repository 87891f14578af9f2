package io.trafficmirror.terraform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The permissions of the roles of the two scenarios, as the tables of {@code docs/permissions.md}.
 * Values that depend on the account, Region, name or policy are replaced by placeholders in
 * capitals.
 */
final class PermissionsTable {

  private static final String HEAD = "| action | resource | only if |\n| --- | --- | --- |\n";

  /** The placeholders by pattern, in the order of replacement. */
  private static final Map<String, String> PLACEHOLDERS = placeholders();

  private PermissionsTable() {}

  private static Map<String, String> placeholders() {
    Map<String, String> placeholders = new LinkedHashMap<>();
    placeholders.put("arn:aws:s3:::scenario-1-[a-z0-9-]+", "arn:aws:s3:::BUCKET");
    placeholders.put("scenario-1", "NAME");
    placeholders.put("us-east-1", "REGION");
    placeholders.put(MotoServer.ACCOUNT, "ACCOUNT");
    placeholders.put("tmf-1a2b3c4d5e6f7g8h", "FILTER");
    placeholders.put("tmt-1a2b3c4d5e6f7g8h", "TARGET");
    placeholders.put("ami-1a2b3c4d5e6f7g8h", "IMAGE");
    placeholders.put("sg-1a2b3c4d5e6f7g8h", "GROUP");
    placeholders.put("sg-1aaaaaaa2bbbbbbb", "ANOTHER-GROUP");
    placeholders.put("subnet-5e6f7g8h", "SUBNET");
    placeholders.put("t3[.]micro", "TYPE");
    return placeholders;
  }

  /**
   * Renders the tables.
   *
   * @param fixed the roles if every policy entry names its target
   * @param onDemand the roles if a policy entry uses targets on demand
   */
  static String render(
      Map<String, List<Permission>> fixed, Map<String, List<Permission>> onDemand) {
    SortedMap<String, List<String>> roles = rows(fixed);
    StringBuilder text = new StringBuilder();
    roles.forEach((role, rows) -> table(text, "Role `" + role + "`", rows));
    rows(onDemand)
        .forEach(
            (role, rows) -> {
              List<String> more = new ArrayList<>(rows);
              more.removeAll(roles.getOrDefault(role, List.of()));
              if (!more.isEmpty()) {
                String title = "Role `" + role + "`: additional permissions with targets on demand";
                table(text, title, more);
              }
              List<String> less = new ArrayList<>(roles.getOrDefault(role, List.of()));
              less.removeAll(rows);
              if (!less.isEmpty()) {
                throw new IllegalStateException(
                    "targets on demand remove permissions from " + role + less);
              }
            });
    return text.toString().strip();
  }

  private static void table(StringBuilder text, String title, List<String> rows) {
    text.append("### ").append(title).append("\n\n").append(HEAD);
    rows.forEach(row -> text.append(row).append('\n'));
    text.append('\n');
  }

  private static SortedMap<String, List<String>> rows(Map<String, List<Permission>> roles) {
    SortedMap<String, List<String>> all = new TreeMap<>();
    roles.forEach(
        (role, permissions) ->
            all.put(
                withPlaceholders(role),
                permissions.stream()
                    .flatMap(Permission::rows)
                    .map(PermissionsTable::withPlaceholders)
                    .sorted()
                    .toList()));
    return all;
  }

  private static String withPlaceholders(String text) {
    String placeholders = text;
    for (Map.Entry<String, String> placeholder : PLACEHOLDERS.entrySet()) {
      placeholders = placeholders.replaceAll(placeholder.getKey(), placeholder.getValue());
    }
    return placeholders;
  }
}
