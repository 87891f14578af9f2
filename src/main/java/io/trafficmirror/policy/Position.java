package io.trafficmirror.policy;

/**
 * A place in a policy file.
 *
 * @param line 1 for the first one
 * @param column 1 for the first one; a character outside the Basic Multilingual Plane counts once
 */
record Position(int line, int column) {
  static final Position START = new Position(1, 1);
}
