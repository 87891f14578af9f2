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
 * Targets on demand that may stand for each other, as the verdict tells them apart: by what they
 * were launched from, and not by what their tags say.
 *
 * @param type the instance type
 * @param image the AMI
 * @param groups sorted: their order has no meaning
 * @param subnet where they are launched; empty where it is the source's own
 */
public record TargetPool(String type, String image, List<String> groups, Optional<String> subnet) {

  /** How the place of a session begins that goes to a target on demand. */
  private static final String PREFIX = "on demand: ";

  private static final String LARGE_TARGETS = "/embedded-aws/ec2/targets-with-100-sources.txt";

  /** Sorts the groups. */
  public TargetPool {
    groups = groups.stream().sorted().toList();
  }

  /** The pool of an instance that was launched. */
  public static TargetPool of(InstanceView launched) {
    return new TargetPool(
        launched.type(),
        launched.launch().imageId().orElse(""),
        launched.primaryInterface().map(InstanceView.Interface::securityGroupIds).orElse(List.of()),
        launched.subnetId());
  }

  /** The pool as the product describes it. */
  public static TargetPool of(Pool pool) {
    return new TargetPool(
        pool.instanceType(),
        pool.imageId(),
        pool.securityGroups(),
        Optional.of(pool.subnet().value()));
  }

  /** The pool for a source in that subnet. */
  public TargetPool forSource(String sourceSubnet) {
    return new TargetPool(type, image, groups, subnet.or(() -> Optional.of(sourceSubnet)));
  }

  /** What stands in place of a target's id, as any target of the pool will do. */
  public String place() {
    return PREFIX + inWords();
  }

  /** What is launched, and where. */
  public String inWords() {
    return "%s of %s with %s in %s".formatted(type, image, groups, subnet.orElse("the source's"));
  }

  /** Whether the place of a session is a target on demand. */
  public static boolean isPlace(String target) {
    return target.startsWith(PREFIX);
  }

  /**
   * How many instances each of the places takes: as few as hold its sources.
   *
   * @param places where each mirrored instance goes; those with a target's id do not count
   */
  public static Map<String, Integer> needed(Collection<String> places) {
    Map<String, Integer> sources = new TreeMap<>();
    places.stream().filter(TargetPool::isPlace).forEach(p -> sources.merge(p, 1, Integer::sum));
    Map<String, Integer> needed = new TreeMap<>();
    sources.forEach((place, count) -> needed.put(place, 1 + (count - 1) / roomOf(place)));
    return needed;
  }

  /** AWS lists the types whose targets take 100 sources; all others take 10. */
  private static int roomOf(String place) {
    String type = place.substring(PREFIX.length(), place.indexOf(' ', PREFIX.length()));
    return largeTypes().contains(type) ? 100 : 10;
  }

  private static Set<String> largeTypes() {
    try (InputStream list = TargetPool.class.getResourceAsStream(LARGE_TARGETS)) {
      if (list == null) {
        throw new IllegalStateException("there is no " + LARGE_TARGETS);
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
