package io.trafficmirror.terraform;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A statement of an IAM policy.
 *
 * @param effect {@code Allow} or {@code Deny}
 * @param actions in alphabetical order
 * @param resources in alphabetical order
 * @param conditions the values by {@code operator key}
 */
public record Permission(
    String effect,
    List<String> actions,
    List<String> resources,
    Map<String, List<String>> conditions) {

  /** Copies the collections. */
  public Permission {
    actions = List.copyOf(actions);
    resources = List.copyOf(resources);
    conditions = Map.copyOf(conditions);
  }

  /**
   * The statements of a policy document.
   *
   * @throws IllegalStateException for a statement with NotAction or NotResource, which cannot be
   *     listed
   */
  public static List<Permission> parse(String document) {
    JsonObject policy = JsonParser.parseString(document).getAsJsonObject();
    List<Permission> all = new ArrayList<>();
    for (JsonElement each : elements(policy.get("Statement"))) {
      JsonObject statement = each.getAsJsonObject();
      if (statement.has("NotAction") || statement.has("NotResource")) {
        throw new IllegalStateException("a statement has NotAction or NotResource: " + statement);
      }
      all.add(
          new Permission(
              statement.get("Effect").getAsString(),
              texts(statement.get("Action")),
              texts(statement.get("Resource")),
              conditions(statement)));
    }
    return all;
  }

  private static Map<String, List<String>> conditions(JsonObject statement) {
    Map<String, List<String>> conditions = new TreeMap<>();
    if (statement.has("Condition")) {
      for (Map.Entry<String, JsonElement> operator :
          statement.getAsJsonObject("Condition").entrySet()) {
        for (Map.Entry<String, JsonElement> key :
            operator.getValue().getAsJsonObject().entrySet()) {
          conditions.put(operator.getKey() + " " + key.getKey(), texts(key.getValue()));
        }
      }
    }
    return conditions;
  }

  private static List<String> texts(JsonElement oneOrMany) {
    return elements(oneOrMany).stream().map(JsonElement::getAsString).sorted().toList();
  }

  private static List<JsonElement> elements(JsonElement oneOrMany) {
    return oneOrMany.isJsonArray() ? oneOrMany.getAsJsonArray().asList() : List.of(oneOrMany);
  }

  /** One table row per action. */
  public Stream<String> rows() {
    List<String> when =
        new TreeMap<>(conditions)
            .entrySet().stream().map(c -> code(c.getKey()) + " " + codes(c.getValue())).toList();
    return actions.stream()
        .map(
            action ->
                "| "
                    + (effect.equals("Allow") ? "" : "not ")
                    + code(action)
                    + " | "
                    + codes(resources)
                    + " | "
                    + String.join("<br>", when)
                    + " |");
  }

  private static String codes(List<String> texts) {
    return String.join("<br>", texts.stream().map(Permission::code).toList());
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
