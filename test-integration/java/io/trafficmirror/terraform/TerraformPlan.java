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
 * A plan, as {@code terraform show -json} tells it.
 *
 * @param text what Terraform said for people while it planned
 * @param json the whole
 */
record TerraformPlan(String text, JsonObject json) {

  static TerraformPlan parse(String text, String json) {
    return new TerraformPlan(text, JsonParser.parseString(json).getAsJsonObject());
  }

  /**
   * What becomes of every managed resource that does not stay as it is: its address, and {@code
   * create}, {@code update}, {@code delete}, or both of the latter in their order.
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
   * The values that an attribute will have, by the address of each managed resource that knows such
   * an attribute; JSON null where it is not set.
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
