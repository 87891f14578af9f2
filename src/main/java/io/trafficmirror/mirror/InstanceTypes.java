package io.trafficmirror.mirror;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What AWS publishes about instance types. These limits cannot be queried in advance, so decisions
 * start from these lists; an EC2 response always takes precedence, because AWS adds types every few
 * months.
 */
public final class InstanceTypes {

  /**
   * Maximum number of sources for most targets (AWS: Traffic Mirroring quotas, sources per target,
   * not adjustable).
   */
  public static final int SMALL_LIMIT = 10;

  /** Maximum number of sources for targets of the largest types (same page). */
  public static final int LARGE_LIMIT = 100;

  private static final Set<String> LARGE_TARGETS = lines("targets-with-100-sources.txt");
  private static final Set<String> FAMILIES = lines("source-families.txt");
  private static final Set<String> METAL_FAMILIES = lines("source-metal-families.txt");

  private InstanceTypes() {}

  /** The published maximum number of sources for a target on an instance of this type. */
  public static int maximumSources(String type) {
    return LARGE_TARGETS.contains(type) ? LARGE_LIMIT : SMALL_LIMIT;
  }

  /**
   * Whether this type is known to be supported as a source.
   *
   * @param type for example {@code m5.large}
   * @param more additional known families, for example {@code m9g}
   */
  public static boolean isKnownSource(String type, Set<String> more) {
    String family = type.substring(0, dot(type));
    boolean metal = type.startsWith(".metal", dot(type));
    return more.contains(family) || (metal ? METAL_FAMILIES : FAMILIES).contains(family);
  }

  private static int dot(String type) {
    return type.indexOf('.') < 0 ? type.length() : type.indexOf('.');
  }

  private static Set<String> lines(String name) {
    try (InputStream in = InstanceTypes.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the package");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read from the package", e);
    }
  }
}
