package io.trafficmirror.embedded;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An instance, for assertions.
 *
 * @param state for example {@code running} or {@code terminated}
 * @param subnetId empty once the instance is terminated
 * @param tags the instance's own tags
 * @param launch the parameters of its launch, with EC2's defaults; of a seeded instance, as far as
 *     known
 * @param primaryInterface the interface with device index 0, if any
 */
public record InstanceView(
    String instanceId,
    String type,
    String state,
    Optional<String> subnetId,
    String zone,
    Map<String, String> tags,
    Launch launch,
    Optional<Interface> primaryInterface) {

  /**
   * The parameters of a launch.
   *
   * @param httpTokens whether instance metadata requires session tokens: {@code required} or {@code
   *     optional}
   * @param shutdownBehavior {@code stop} or {@code terminate}
   * @param volumeTags the tags of the volumes
   */
  public record Launch(
      Optional<String> imageId,
      Optional<String> clientToken,
      Instant at,
      String httpTokens,
      String shutdownBehavior,
      Map<String, String> volumeTags) {

    /** Copies the tags. */
    public Launch {
      volumeTags = Map.copyOf(volumeTags);
    }
  }

  /** The primary interface. */
  public record Interface(
      String interfaceId, List<String> securityGroupIds, Map<String, String> tags) {

    /** Copies the collections. */
    public Interface {
      securityGroupIds = List.copyOf(securityGroupIds);
      tags = Map.copyOf(tags);
    }
  }

  /** Copies the tags. */
  public InstanceView {
    tags = Map.copyOf(tags);
  }
}
