package io.trafficmirror.policy;

import java.util.List;

/**
 * A node of the YAML tree. Scalars keep their source text, so that {@code on}, {@code 007} and
 * {@code 2024-01-01} stay strings.
 */
sealed interface Node {

  /** Where the node starts. */
  Position at();

  /**
   * A scalar.
   *
   * @param plain whether the scalar is plain: neither quoted nor a block scalar
   */
  record Text(Position at, String text, boolean plain) implements Node {
    /** Whether this is YAML's null: no text, {@code ~} or the plain word {@code null}. */
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
   * @param complete false if a part of the mapping could not be read, so that an absent key must
   *     not be reported as missing
   */
  record Pairs(Position at, List<Pair> pairs, boolean complete) implements Node {
    /** Copies the list. */
    public Pairs {
      pairs = List.copyOf(pairs);
    }
  }

  /** A key and its value. */
  record Pair(Node key, Node value) {}

  /** A node whose problem has already been reported; readers must not report it again. */
  record Reported(Position at) implements Node {}
}
