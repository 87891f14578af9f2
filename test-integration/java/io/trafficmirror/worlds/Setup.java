package io.trafficmirror.worlds;

import java.util.List;

/** The setups of the deployment that the scenarios need, in this order. */
enum Setup {
  /** Every switch is on. */
  FIRST(true, false),
  /** The same with a different policy. */
  CHANGED(true, false),
  /** A dry run, with findings switched off. */
  DRY_RUN(false, true);

  /** The name of the deployment. */
  static final String NAME = "worlds";

  /** The instances per page of a backfill: the minimum that EC2 accepts. */
  static final int PAGE_SIZE = 5;

  private final boolean findings;
  private final boolean dryRun;

  Setup(boolean findings, boolean dryRun) {
    this.findings = findings;
    this.dryRun = dryRun;
  }

  boolean findings() {
    return findings;
  }

  boolean dryRun() {
    return dryRun;
  }

  /** The mirror policy of this setup. */
  String policy(TestNetwork network) {
    return switch (this) {
      case FIRST -> entries(List.of(entry("on", network.filter(), network.target())));
      case CHANGED, DRY_RUN ->
          entries(
              List.of(
                  entry("on", network.filter(), network.otherTarget()),
                  entry("later", network.filter(), network.target())));
    };
  }

  private static String entries(List<String> entries) {
    return "tags:\n" + String.join("", entries);
  }

  private static String entry(String value, String filter, String target) {
    return """
    - tagList:
      - Key: mirror
        Value: %s
      filterId: %s
      targetId: %s
    """
        .formatted(value, filter, target);
  }
}
