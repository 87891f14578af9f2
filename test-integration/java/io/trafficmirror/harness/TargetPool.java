package io.trafficmirror.harness;

import io.trafficmirror.embedded.InstanceView;
import io.trafficmirror.mirror.Pool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Interchangeable targets on demand. Tests identify a pool by the launch parameters, not by tags.
 *
 * @param type the instance type
 * @param image the AMI
 * @param groups the security groups, sorted because their order has no meaning
 * @param subnet the subnet of the instances; empty for the subnet of the source
 */
public record TargetPool(String type, String image, List<String> groups, Optional<String> subnet) {

  /** The prefix of a place, which distinguishes it from a target id. */
  private static final String PREFIX = "on demand: ";

  private static final String LARGE_TARGETS = "/embedded-aws/ec2/targets-with-100-sources.txt";

  public TargetPool {
    groups = groups.stream().sorted().toList();
  }

  /** The pool of a launched instance. */
  public static TargetPool of(InstanceView launched) {
    return new TargetPool(
        launched.type(),
        launched.launch().imageId().orElse(""),
        launched.primaryInterface().map(InstanceView.Interface::securityGroupIds).orElse(List.of()),
        launched.subnetId());
  }

  /** The pool that corresponds to one of the product. */
  public static TargetPool of(Pool pool) {
    return new TargetPool(
        pool.instanceType(),
        pool.imageId(),
        pool.securityGroups(),
        Optional.of(pool.subnet().value()));
  }

  /** The pool for a source in this subnet. */
  public TargetPool forSource(String sourceSubnet) {
    return new TargetPool(type, image, groups, subnet.or(() -> Optional.of(sourceSubnet)));
  }

  /** Takes the place of a target id where any target of the pool is acceptable. */
  public String place() {
    return PREFIX + description();
  }

  /** A description of the launch parameters. */
  public String description() {
    return "%s of %s with %s in %s".formatted(type, image, groups, subnet.orElse("the source's"));
  }

  /** Whether this is the place of a pool rather than a target id. */
  public static boolean isPlace(String target) {
    return target.startsWith(PREFIX);
  }

  /**
   * The minimum number of instances per pool.
   *
   * @param places the target of each mirrored instance: the place of a pool, or a target id, which
   *     is ignored
   */
  public static Map<String, Integer> needed(Collection<String> places) {
    Map<String, Integer> sources = new TreeMap<>();
    places.stream().filter(TargetPool::isPlace).forEach(p -> sources.merge(p, 1, Integer::sum));
    Map<String, Integer> needed = new TreeMap<>();
    sources.forEach((place, count) -> needed.put(place, 1 + (count - 1) / maximumSources(place)));
    return needed;
  }

  /** AWS lists the instance types whose targets take 100 sources; all others take 10. */
  private static int maximumSources(String place) {
    String type = place.substring(PREFIX.length(), place.indexOf(' ', PREFIX.length()));
    return largeTypes().contains(type) ? 100 : 10;
  }

  private static Set<String> largeTypes() {
    try (InputStream list = TargetPool.class.getResourceAsStream(LARGE_TARGETS)) {
      if (list == null) {
        throw new IllegalStateException("missing resource: " + LARGE_TARGETS);
      }
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
