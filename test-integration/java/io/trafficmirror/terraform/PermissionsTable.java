package io.trafficmirror.terraform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the roles of the two scenarios may do, as the tables of {@code docs/permissions.md}: what
 * depends on account, region, name and policy is replaced by a word in capitals.
 */
final class PermissionsTable {

  private static final String HEAD = "| action | resource | only if |\n| --- | --- | --- |\n";

  /** What the scenarios say, by pattern, in the order of replacement. */
  private static final Map<String, String> WORDS = words();

  private PermissionsTable() {}

  private static Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("arn:aws:s3:::scenario-1-[a-z0-9-]+", "arn:aws:s3:::BUCKET");
    words.put("scenario-1", "NAME");
    words.put("us-east-1", "REGION");
    words.put(MotoServer.ACCOUNT, "ACCOUNT");
    words.put("tmf-1a2b3c4d5e6f7g8h", "FILTER");
    words.put("tmt-1a2b3c4d5e6f7g8h", "TARGET");
    words.put("ami-1a2b3c4d5e6f7g8h", "IMAGE");
    words.put("sg-1a2b3c4d5e6f7g8h", "GROUP");
    words.put("sg-1aaaaaaa2bbbbbbb", "ANOTHER-GROUP");
    words.put("subnet-5e6f7g8h", "SUBNET");
    words.put("t3[.]micro", "TYPE");
    return words;
  }

  /**
   * The tables.
   *
   * @param fixed the roles where every entry of the policy names its target
   * @param onDemand the roles where one asks for targets on demand
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
                throw new IllegalStateException("targets on demand take away from " + role + less);
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
                inWords(role),
                permissions.stream()
                    .flatMap(Permission::rows)
                    .map(PermissionsTable::inWords)
                    .sorted()
                    .toList()));
    return all;
  }

  private static String inWords(String text) {
    String words = text;
    for (Map.Entry<String, String> word : WORDS.entrySet()) {
      words = words.replaceAll(word.getKey(), word.getValue());
    }
    return words;
  }
}
