package io.trafficmirror.policy;

/**
 * A position in a policy file.
 *
 * @param line the line, starting at 1
 * @param column the column, starting at 1; a character outside the Basic Multilingual Plane counts
 *     once
 */
record Position(int line, int column) {
  static final Position START = new Position(1, 1);
}
