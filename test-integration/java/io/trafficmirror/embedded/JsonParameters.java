package io.trafficmirror.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of one call to a JSON service, or a structure in them. Each is checked when it is
 * read: a wrong type is a {@code SerializationException}, a missing or invalid value a {@code
 * ValidationException}.
 */
final class JsonParameters {

  private final ObjectNode node;
  private final JsonFormat format;

  JsonParameters(ObjectNode node, JsonFormat format) {
    this.node = node;
    this.format = format;
  }

  JsonFormat format() {
    return format;
  }

  ObjectNode node() {
    return node;
  }

  /** Rejects all other parameters as unsupported. */
  JsonParameters only(String... names) {
    Set<String> known = Set.of(names);
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name) && !node.get(name).isNull()) {
                throw ServiceException.unsupported("parameter " + name);
              }
            });
    return this;
  }

  boolean has(String name) {
    return node.hasNonNull(name);
  }

  Optional<String> text(String name) {
    return value(name).map(value -> typed(name, value, value.isTextual()).textValue());
  }

  String requiredText(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  int integer(String name, int least, int most, int otherwise) {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    int number = typed(name, value.get(), value.get().canConvertToExactIntegral()).intValue();
    if (number < least || number > most) {
      throw invalid(
          String.format("Value %d at '%s' must be from %d to %d", number, name, least, most));
    }
    return number;
  }

  byte[] requiredBytes(String name) {
    JsonNode value = value(name).orElseThrow(() -> missing(name));
    try {
      return typed(name, value, value.isTextual() || value.isBinary()).binaryValue();
    } catch (IOException notBase64) {
      throw new ServiceException(400, "SerializationException", name + " is not base64");
    }
  }

  Optional<Instant> time(String name) {
    return value(name).map(value -> format.time(typed(name, value, value.isNumber())));
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array(name)) {
      texts.add(typed(name, element, element.isTextual()).textValue());
    }
    return texts;
  }

  List<JsonParameters> objects(String name) {
    List<JsonParameters> objects = new ArrayList<>();
    for (JsonNode element : array(name)) {
      objects.add(
          new JsonParameters((ObjectNode) typed(name, element, element.isObject()), format));
    }
    return objects;
  }

  Optional<JsonParameters> object(String name) {
    return value(name)
        .map(
            value -> new JsonParameters((ObjectNode) typed(name, value, value.isObject()), format));
  }

  static ServiceException invalid(String message) {
    return new ServiceException(400, "ValidationException", message);
  }

  private Iterable<JsonNode> array(String name) {
    return value(name).map(value -> typed(name, value, value.isArray())).orElse(node.arrayNode());
  }

  private Optional<JsonNode> value(String name) {
    return Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
  }

  private static JsonNode typed(String name, JsonNode value, boolean right) {
    if (!right) {
      throw new ServiceException(
          400, "SerializationException", name + " cannot be " + value.getNodeType());
    }
    return value;
  }

  private static ServiceException missing(String name) {
    return invalid("Value null at '" + name + "' must not be null");
  }
}
