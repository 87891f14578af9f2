package io.trafficmirror.embedded;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An instance that is there now, for a test to look at.
 *
 * @param state {@code running}, {@code terminated} and so on
 * @param subnetId empty once it is terminated
 * @param tags its own
 * @param launch what its launch asked for, with defaults where nothing was said; of one that was
 *     put there, only what is known of it
 * @param primaryInterface the interface of device index 0, while it has one
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
   * What came with the launch.
   *
   * @param httpTokens {@code required} or {@code optional} session tokens for instance metadata
   * @param shutdownBehavior {@code stop} or {@code terminate}
   * @param volumeTags those of its volumes
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

  /** Its primary interface. */
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
