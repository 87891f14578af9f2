package io.trafficmirror.fuzz;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Generates nearly valid JSON: a sample with members missing, duplicated, or of another type. */
public final class JsonTree {

  private static final int MAX_CHANGES = 3;
  private static final int MAX_NESTING = 300;

  /** Placeholder for an invalid number, because gson refuses to write one. */
  private static final String NUMBER = "number-";

  private static final Pattern NUMBERS = Pattern.compile("\"" + NUMBER + "(\\d+)\"");

  private JsonTree() {}

  /** A place in the tree where a value can be replaced. */
  private record Place(JsonElement parent, String key, int index) {

    JsonElement value() {
      return parent instanceof JsonObject object
          ? object.get(key)
          : parent.getAsJsonArray().get(index);
    }

    void set(JsonElement value) {
      if (parent instanceof JsonObject object) {
        object.add(key, value);
      } else {
        parent.getAsJsonArray().set(index, value);
      }
    }

    void remove() {
      if (parent instanceof JsonObject object) {
        object.remove(key);
      } else {
        parent.getAsJsonArray().remove(index);
      }
    }
  }

  /** The sample with one to three random changes; the sample itself is not modified. */
  public static byte[] changed(Random random, JsonElement sample) {
    String json = changedTree(random, sample).toString();
    return NUMBERS
        .matcher(json)
        .replaceAll(
            number ->
                Matcher.quoteReplacement(Hostile.NUMBERS.get(Integer.parseInt(number.group(1)))))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static JsonElement changedTree(Random random, JsonElement sample) {
    JsonElement tree = sample.deepCopy();
    for (int left = 1 + random.nextInt(MAX_CHANGES); left > 0; left--) {
      List<Place> places = new ArrayList<>();
      collect(tree, places);
      if (!places.isEmpty()) {
        change(random, Hostile.pick(random, places), Hostile.pick(random, places).value());
      }
    }
    return tree;
  }

  private static void collect(JsonElement parent, List<Place> places) {
    if (parent instanceof JsonObject object) {
      for (String key : object.keySet()) {
        places.add(new Place(object, key, 0));
        collect(object.get(key), places);
      }
    } else if (parent instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        places.add(new Place(array, "", i));
        collect(array.get(i), places);
      }
    }
  }

  private static void change(Random random, Place place, JsonElement another) {
    switch (random.nextInt(8)) {
      case 0 -> place.remove();
      case 1 -> place.set(another.deepCopy());
      case 2 -> place.set(nested(random));
      case 3 -> {
        if (place.parent() instanceof JsonObject object) {
          object.add(Hostile.text(random), place.value().deepCopy());
        }
      }
      case 4 -> place.set(wrapped(random, place.value().deepCopy()));
      default -> place.set(leaf(random));
    }
  }

  private static JsonElement leaf(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> JsonNull.INSTANCE;
      case 1 -> new JsonPrimitive(random.nextBoolean());
      case 2 -> new JsonPrimitive(NUMBER + random.nextInt(Hostile.NUMBERS.size()));
      case 3 -> new JsonPrimitive(Hostile.pick(random, Hostile.IDS));
      default -> new JsonPrimitive(Hostile.text(random));
    };
  }

  private static JsonElement wrapped(Random random, JsonElement value) {
    if (random.nextBoolean()) {
      JsonArray array = new JsonArray();
      array.add(value);
      return array;
    }
    JsonObject object = new JsonObject();
    object.add(Hostile.text(random), value);
    return object;
  }

  private static JsonElement nested(Random random) {
    JsonElement value = leaf(random);
    for (int left = random.nextInt(MAX_NESTING); left > 0; left--) {
      value = wrapped(random, value);
    }
    return value;
  }
}
