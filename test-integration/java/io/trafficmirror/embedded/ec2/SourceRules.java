package io.trafficmirror.embedded.ec2;

import java.util.Set;

/**
 * The instance types that can be mirrored, and the quota of sources per target, by instance type.
 */
final class SourceRules {

  private static final Set<String> FAMILIES = DataFiles.lines("source-families.txt");
  private static final Set<String> METAL = DataFiles.lines("source-metal-families.txt");
  private static final Set<String> LARGE_TARGETS = DataFiles.lines("targets-with-100-sources.txt");

  private SourceRules() {}

  /** A list of the supported types; all others are rejected (Traffic Mirroring guide). */
  static boolean canBeSource(String instanceType) {
    int dot = instanceType.indexOf('.');
    String family = dot < 0 ? instanceType : instanceType.substring(0, dot);
    boolean metal = dot >= 0 && instanceType.startsWith("metal", dot + 1);
    return (metal ? METAL : FAMILIES).contains(family);
  }

  /** Sources per target on an instance of that type (Traffic Mirroring quotas). */
  static int maximumSources(String instanceType) {
    return LARGE_TARGETS.contains(instanceType) ? 100 : 10;
  }
}
