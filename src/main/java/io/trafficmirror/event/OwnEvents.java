package io.trafficmirror.event;

import com.google.gson.stream.JsonWriter;
import io.trafficmirror.event.MirrorEvent.BackfillPage;
import io.trafficmirror.event.MirrorEvent.InstanceRequested;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Serializes our own events as JSON in the shape of an EventBridge event. Pure: the same event
 * gives the same bytes, and {@link EventParser} parses them back to the same event.
 */
public final class OwnEvents {
  /** The {@code source} of all our own events. */
  public static final String SOURCE = "traffic-mirror-pipeline";

  /** The {@code detail-type} of a {@link BackfillPage}. */
  public static final String PAGE_TYPE = "Backfill Page";

  /** The {@code detail-type} of an {@link InstanceRequested}. */
  public static final String REQUEST_TYPE = "Instance Request";

  /** The {@code detail-type} of a {@link MirrorEvent.TargetSweep}. */
  public static final String SWEEP_TYPE = "Target Sweep";

  private OwnEvents() {}

  /**
   * Serializes a backfill page.
   *
   * @param page the page; an empty token counts as no token
   * @param time when the record is put on the stream
   * @param account the account; an empty string if it is not known
   * @param region the Region; an empty string if it is not known
   */
  public static byte[] write(BackfillPage page, Instant time, String account, String region) {
    return json(
        json -> {
          String id = "%s/%d/%d".formatted(page.runId(), page.restarts(), page.page());
          open(json, id, PAGE_TYPE, time.toString(), account, region);
          json.name("run-id").value(page.runId());
          optional(json, "started-at", page.startedAt().map(Instant::toString).orElse(""));
          json.name("page").value(page.page());
          json.name("page-size").value(page.size());
          optional(json, "token", page.token().orElse(""));
          json.name("restarts").value(page.restarts());
          close(json);
        });
  }

  /**
   * Serializes a request for one instance.
   *
   * @param request the instance and when it was requested
   * @param account the account; an empty string if it is not known
   * @param region the Region; an empty string if it is not known
   */
  public static byte[] write(InstanceRequested request, String account, String region) {
    return json(
        json -> {
          String time = request.time().map(Instant::toString).orElse("");
          open(json, "request/" + request.instance(), REQUEST_TYPE, time, account, region);
          json.name("instance-id").value(request.instance().value());
          close(json);
        });
  }

  private static void open(
      JsonWriter json, String id, String type, String time, String account, String region)
      throws IOException {
    json.beginObject();
    json.name("version").value("0");
    json.name("id").value(id);
    json.name("source").value(SOURCE);
    json.name("detail-type").value(type);
    optional(json, "time", time);
    optional(json, "account", account);
    optional(json, "region", region);
    json.name("resources").beginArray().endArray();
    json.name("detail").beginObject();
  }

  private static void close(JsonWriter json) throws IOException {
    json.endObject();
    json.endObject();
  }

  private static void optional(JsonWriter json, String name, String value) throws IOException {
    if (!value.isEmpty()) {
      json.name(name).value(value);
    }
  }

  private static byte[] json(Content content) {
    StringWriter text = new StringWriter();
    try {
      content.writeTo(new JsonWriter(text));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to an in-memory string failed", e);
    }
    return ascii(text.toString()).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Escapes every non-ASCII character. An unpaired surrogate, which JSON allows in a string, would
   * otherwise be lost in the encoding.
   */
  private static String ascii(String json) {
    StringBuilder result = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c < 0x80) {
        result.append(c);
      } else {
        result.append("\\u%04x".formatted((int) c));
      }
    }
    return result.toString();
  }

  @FunctionalInterface
  private interface Content {
    void writeTo(JsonWriter json) throws IOException;
  }
}
