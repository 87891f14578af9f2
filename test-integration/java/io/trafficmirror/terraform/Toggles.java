package io.trafficmirror.terraform;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A combination of the three switches.
 *
 * @param existing whether existing instances are processed on a schedule
 * @param launch whether launches are processed
 * @param guardduty whether GuardDuty findings are processed
 */
record Toggles(boolean existing, boolean launch, boolean guardduty) {

  /** Every switch on. */
  static final Toggles ALL_ON = new Toggles(true, true, true);

  /** All eight combinations; every switch on first. */
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

  /** The input variables. */
  Map<String, String> variables() {
    return Map.of(
        "enable_for_existing_instances", Boolean.toString(existing),
        "enable_for_instance_launch", Boolean.toString(launch),
        "enable_for_guardduty", Boolean.toString(guardduty));
  }

  /** The resulting number of EventBridge rules. */
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
