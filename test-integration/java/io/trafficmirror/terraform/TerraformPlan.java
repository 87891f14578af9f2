package io.trafficmirror.terraform;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A plan, from the output of {@code terraform show -json}.
 *
 * @param text the output of {@code terraform plan}
 * @param json the plan as JSON
 */
record TerraformPlan(String text, JsonObject json) {

  static TerraformPlan parse(String text, String json) {
    return new TerraformPlan(text, JsonParser.parseString(json).getAsJsonObject());
  }

  /**
   * The changes of managed resources by address: {@code create}, {@code update}, {@code delete}, or
   * {@code create} and {@code delete} in their order. Unchanged resources are omitted.
   */
  Map<String, String> changes() {
    Map<String, String> changes = new TreeMap<>();
    for (JsonObject resource : resourceChanges()) {
      List<String> actions = new ArrayList<>();
      resource
          .getAsJsonObject("change")
          .getAsJsonArray("actions")
          .forEach(action -> actions.add(action.getAsString()));
      boolean managed = resource.get("mode").getAsString().equals("managed");
      if (managed && !actions.equals(List.of("no-op"))) {
        changes.put(resource.get("address").getAsString(), String.join("+", actions));
      }
    }
    return changes;
  }

  /**
   * The planned values of an attribute, by the address of each managed resource that has it; JSON
   * null if it is not set.
   */
  Map<String, JsonElement> planned(String attribute) {
    Map<String, JsonElement> values = new TreeMap<>();
    for (JsonObject resource : resourceChanges()) {
      JsonElement after = resource.getAsJsonObject("change").get("after");
      if (resource.get("mode").getAsString().equals("managed")
          && after.isJsonObject()
          && after.getAsJsonObject().has(attribute)) {
        values.put(resource.get("address").getAsString(), after.getAsJsonObject().get(attribute));
      }
    }
    return values;
  }

  private List<JsonObject> resourceChanges() {
    JsonArray all =
        json.has("resource_changes") ? json.getAsJsonArray("resource_changes") : new JsonArray();
    return all.asList().stream().map(JsonElement::getAsJsonObject).toList();
  }
}
