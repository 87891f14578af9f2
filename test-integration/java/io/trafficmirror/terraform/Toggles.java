package io.trafficmirror.terraform;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One combination of the three switches.
 *
 * @param existing whether instances that exist are looked at, again and again
 * @param launch whether launches are
 * @param guardduty whether GuardDuty's findings are
 */
record Toggles(boolean existing, boolean launch, boolean guardduty) {

  /** Everything on. */
  static final Toggles ALL_ON = new Toggles(true, true, true);

  /** All eight, everything on first. */
  static List<Toggles> all() {
    return Stream.of(true, false)
        .flatMap(
            existing ->
                Stream.of(true, false)
                    .flatMap(
                        launch ->
                            Stream.of(true, false)
                                .map(guardduty -> new Toggles(existing, launch, guardduty))))
        .toList();
  }

  /** The variables of the configuration. */
  Map<String, String> variables() {
    return Map.of(
        "enable_for_existing_instances", Boolean.toString(existing),
        "enable_for_instance_launch", Boolean.toString(launch),
        "enable_for_guardduty", Boolean.toString(guardduty));
  }

  /** How many EventBridge rules there are then. */
  int rules() {
    return (launch ? 1 : 0) + (guardduty ? 1 : 0);
  }

  @Override
  public String toString() {
    return "existing "
        + word(existing)
        + ", launch "
        + word(launch)
        + ", guardduty "
        + word(guardduty);
  }

  private static String word(boolean on) {
    return on ? "on" : "off";
  }
}
