package io.trafficmirror.policy;

import java.util.List;

/**
 * A piece of the file as it is written: scalars keep their text, so that {@code on}, {@code 007}
 * and {@code 2024-01-01} stay what they look like.
 */
sealed interface Node {

  /** Where it starts. */
  Position at();

  /**
   * A scalar.
   *
   * @param plain whether it is written without quotes and not as a block
   */
  record Text(Position at, String text, boolean plain) implements Node {
    /** Whether it is YAML's null: nothing at all, {@code ~} or the plain word. */
    boolean isNull() {
      return plain
          && switch (text) {
            case "", "~", "null", "Null", "NULL" -> true;
            default -> false;
          };
    }
  }

  /** A list. */
  record Items(Position at, List<Node> items) implements Node {
    /** Copies the list. */
    public Items {
      items = List.copyOf(items);
    }
  }

  /**
   * Keys and values in file order, repeated ones included.
   *
   * @param complete false where the file stopped being readable inside, so that a key that is not
   *     there cannot be called missing
   */
  record Pairs(Position at, List<Pair> pairs, boolean complete) implements Node {
    /** Copies the list. */
    public Pairs {
      pairs = List.copyOf(pairs);
    }
  }

  /** A key and its value. */
  record Pair(Node key, Node value) {}

  /** Something that was reported already: whoever meets it says no more about it. */
  record Reported(Position at) implements Node {}
}
