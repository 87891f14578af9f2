package io.trafficmirror.worlds;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.trafficmirror.terraform.JsonCalls;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A function's log in an emulator's CloudWatch Logs. Read without the SDK, because moto, and
 * emulators built on it, return numbers that the SDK cannot always parse.
 */
record FunctionLog(URI endpoint, String region, String function) {

  private static final int MAX_PAGES = 100;

  /** The whole log, with the error if the emulator stops returning it. */
  String read() {
    List<String> lines = new ArrayList<>();
    Optional<String> next = Optional.empty();
    try {
      for (int page = 0; page < MAX_PAGES && (page == 0 || next.isPresent()); page++) {
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
      lines.add("(the emulator returned an error: " + refused.getMessage() + ")");
    }
    return String.join("\n", lines);
  }
}
