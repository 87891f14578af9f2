package io.trafficmirror.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The two wire formats of the JSON services: AWS JSON 1.1, and CBOR, which the Java SDK prefers for
 * Kinesis. They differ in the encoding of bytes and times.
 */
enum JsonFormat {
  /** Bytes are base64, times are decimal seconds. */
  JSON("application/x-amz-json-1.1"),

  /** Bytes are raw, times are whole milliseconds. */
  CBOR("application/x-amz-cbor-1.1");

  private static final ObjectMapper JSON_MAPPER = new ObjectMapper();
  private static final ObjectMapper CBOR_MAPPER = new ObjectMapper(new CBORFactory());

  private final String contentType;

  JsonFormat(String contentType) {
    this.contentType = contentType;
  }

  /** The format of a call, which is also that of its response. */
  static JsonFormat of(HttpCall call) {
    return call.header("content-type").orElse("").startsWith(CBOR.contentType) ? CBOR : JSON;
  }

  /** The action in the target header of a call. */
  static String action(HttpCall call) {
    String target = call.header("x-amz-target").orElse("none");
    return target.substring(target.lastIndexOf('.') + 1);
  }

  /**
   * Responds to a call with the result of {@code service}.
   *
   * @param service may throw {@link ServiceException}
   */
  static HttpReply serve(
      HttpCall call,
      String signingName,
      Consumer<String> unsupported,
      Function<JsonParameters, ObjectNode> service) {
    JsonFormat format = of(call);
    try {
      ObjectNode answer = service.apply(new JsonParameters(format.read(call.body()), format));
      return format.reply(200, Map.of(), answer);
    } catch (ServiceException refused) {
      if (refused.code().equals(ServiceException.UNSUPPORTED)) {
        unsupported.accept(signingName + " " + action(call) + ": " + refused.message());
      }
      return error(call, refused.status(), refused.code(), refused.message());
    }
  }

  /** An error response of the JSON services. */
  static HttpReply error(HttpCall call, int status, String code, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("__type", code).put("message", message);
    return of(call).reply(status, Map.of(Dispatcher.ERROR_TYPE, code), body);
  }

  /** Encodes a time. */
  JsonNode time(Instant time) {
    long millis = time.toEpochMilli();
    return switch (this) {
      case JSON -> DecimalNode.valueOf(BigDecimal.valueOf(millis, 3));
      case CBOR -> LongNode.valueOf(millis);
    };
  }

  /** Decodes a time. */
  Instant time(JsonNode number) {
    return switch (this) {
      case JSON -> Instant.ofEpochMilli(number.decimalValue().movePointRight(3).longValue());
      case CBOR -> Instant.ofEpochMilli(number.longValue());
    };
  }

  private ObjectNode read(byte[] body) {
    try {
      JsonNode node = body.length == 0 ? mapper().createObjectNode() : mapper().readTree(body);
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException unreadable) {
      throw new ServiceException(
          400, "SerializationException", String.valueOf(unreadable.getMessage()));
    }
    throw new ServiceException(400, "SerializationException", "The body is not an object");
  }

  private HttpReply reply(int status, Map<String, String> more, ObjectNode body) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("Content-Type", contentType);
    try {
      return new HttpReply(status, headers, mapper().writeValueAsBytes(body));
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private ObjectMapper mapper() {
    return switch (this) {
      case JSON -> JSON_MAPPER;
      case CBOR -> CBOR_MAPPER;
    };
  }
}
