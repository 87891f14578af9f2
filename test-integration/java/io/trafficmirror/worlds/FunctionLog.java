package io.trafficmirror.worlds;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.trafficmirror.terraform.JsonCalls;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a function has logged, as an emulator's CloudWatch has it. Asked for without the SDK: moto's
 * numbers, which others build on, are not always of the kind that the SDK takes.
 */
record FunctionLog(URI endpoint, String region, String function) {

  private static final int MOST_PAGES = 100;

  /** All of it; where the emulator shows none, why. */
  String read() {
    List<String> lines = new ArrayList<>();
    Optional<String> next = Optional.empty();
    try {
      for (int page = 0; page < MOST_PAGES && (page == 0 || next.isPresent()); page++) {
        JsonObject arguments = new JsonObject();
        arguments.addProperty("logGroupName", "/aws/lambda/" + function);
        next.ifPresent(token -> arguments.addProperty("nextToken", token));
        JsonObject answer =
            new JsonCalls(endpoint, region)
                .call("logs", "Logs_20140328.FilterLogEvents", arguments);
        for (JsonElement event : answer.getAsJsonArray("events")) {
          lines.add(event.getAsJsonObject().get("message").getAsString());
        }
        next =
            Optional.ofNullable(answer.get("nextToken"))
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString);
      }
    } catch (IllegalStateException refused) {
      lines.add("(the emulator shows no more: " + refused.getMessage() + ")");
    }
    return String.join("\n", lines);
  }
}
