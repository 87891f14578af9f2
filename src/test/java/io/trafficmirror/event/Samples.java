package io.trafficmirror.event;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Captured events, each in a file named after its kind. */
public final class Samples {
  static final String ACCOUNT = "111122223333";

  /** The names of all samples. */
  public static final List<String> NAMES =
      List.of(
          "ec2-instance-running",
          "ec2-instance-stopped",
          "ec2-instance-terminated",
          "guardduty-instance-finding",
          "guardduty-sample-finding",
          "guardduty-archived-finding",
          "guardduty-member-account-finding",
          "guardduty-s3-finding-with-instance-details",
          "guardduty-finding-without-instance",
          "tag-change-on-instance",
          "cloudtrail-run-instances",
          "backfill-page-first",
          "backfill-page-later",
          "instance-request",
          "target-sweep");

  private Samples() {}

  /** The exact bytes of the sample. */
  public static byte[] bytes(String name) {
    try (InputStream in = Samples.class.getResourceAsStream("/events/" + name + ".json")) {
      if (in == null) {
        throw new IllegalArgumentException("no such sample: " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sample as a new tree that the caller may change. */
  public static JsonObject json(String name) {
    return JsonParser.parseString(new String(bytes(name), StandardCharsets.UTF_8))
        .getAsJsonObject();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static MirrorEvent parse(String text) {
    return EventParser.parse(utf8(text), ACCOUNT);
  }

  static MirrorEvent parsed(String name) {
    return EventParser.parse(bytes(name), ACCOUNT);
  }

  /** Parses the sample after applying a change. */
  static MirrorEvent changed(String name, Consumer<JsonObject> change) {
    JsonObject event = json(name);
    change.accept(event);
    return parse(event.toString());
  }

  /** The object at this path of keys. */
  static JsonObject at(JsonObject event, String... keys) {
    JsonElement here = event;
    for (String key : keys) {
      here = here.getAsJsonObject().get(key);
    }
    return here.getAsJsonObject();
  }
}
