package io.trafficmirror.worlds;

import java.util.List;

/** How a deployment is set up. The scenarios need three, one after the other. */
enum Setup {
  /** Everything is switched on. */
  FIRST(true, false),
  /** The same with another policy. */
  CHANGED(true, false),
  /** Findings are switched off, and nothing may be changed in EC2. */
  QUIET(false, true);

  /** The name of the deployment. */
  static final String NAME = "worlds";

  /** How many instances a page of a backfill has: the fewest that EC2 takes. */
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
  String policy(Ground ground) {
    return switch (this) {
      case FIRST -> entries(List.of(entry("on", ground.filter(), ground.target())));
      case CHANGED, QUIET ->
          entries(
              List.of(
                  entry("on", ground.filter(), ground.otherTarget()),
                  entry("later", ground.filter(), ground.target())));
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
