package io.trafficmirror.laws;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.embedded.LambdaFunction.Result;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Computes what Lambda redelivers, for tests that invoke the function directly. */
final class Redelivery {

  private Redelivery() {}

  /** The records to redeliver; empty if the batch is complete. */
  static Optional<byte[]> rest(byte[] event, Result result) {
    return switch (result) {
      case Result.Failed failed -> Optional.of(event);
      case Result.Returned returned -> from(event, firstFailure(returned.json()));
    };
  }

  private static Optional<String> firstFailure(byte[] answer) {
    JsonArray failures =
        parse(answer).has("batchItemFailures")
            ? parse(answer).getAsJsonArray("batchItemFailures")
            : new JsonArray();
    return failures.isEmpty()
        ? Optional.empty()
        : Optional.of(failures.get(0).getAsJsonObject().get("itemIdentifier").getAsString());
  }

  private static Optional<byte[]> from(byte[] event, Optional<String> sequenceNumber) {
    if (sequenceNumber.isEmpty()) {
      return Optional.empty();
    }
    JsonArray rest = new JsonArray();
    boolean found = false;
    for (JsonElement record : parse(event).getAsJsonArray("Records")) {
      String number =
          record.getAsJsonObject().getAsJsonObject("kinesis").get("sequenceNumber").getAsString();
      found = found || number.equals(sequenceNumber.get());
      if (found) {
        rest.add(record);
      }
    }
    JsonObject again = new JsonObject();
    again.add("Records", rest);
    return Optional.of(again.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static JsonObject parse(byte[] json) {
    return JsonParser.parseString(new String(json, StandardCharsets.UTF_8)).getAsJsonObject();
  }
}
