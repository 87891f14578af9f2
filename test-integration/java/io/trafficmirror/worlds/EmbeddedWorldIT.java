package io.trafficmirror.worlds;

/** The scenarios on embedded AWS only. */
final class EmbeddedWorldIT extends Scenarios {

  @Override
  String world() {
    return "embedded";
  }

  @Override
  World open() {
    return new EmbeddedWorld();
  }
}
