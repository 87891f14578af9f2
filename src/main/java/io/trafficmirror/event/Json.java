package io.trafficmirror.event;

import java.util.List;
import java.util.Map;

/** A JSON value. Numbers stay text, so that a huge literal is cheap to read. */
sealed interface Json {

  /** An object. */
  record Obj(Map<String, Json> members) implements Json {
    /** Copies the members. */
    public Obj {
      members = Map.copyOf(members);
    }
  }

  /** An array. */
  record Arr(List<Json> elements) implements Json {
    /** Copies the elements. */
    public Arr {
      elements = List.copyOf(elements);
    }
  }

  /** A string. */
  record Text(String value) implements Json {}

  /** A number, as written in the JSON. */
  record Num(String literal) implements Json {}

  /** A boolean. */
  record Bool(boolean value) implements Json {}

  /** The JSON null. */
  record Null() implements Json {}
}
