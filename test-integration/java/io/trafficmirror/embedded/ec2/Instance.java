package io.trafficmirror.embedded.ec2;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An instance. Its interfaces are found by their attachments.
 *
 * @param index the launch index in the reservation
 * @param subnetId empty once terminated, and for a loaded instance without one
 * @param details attributes that only responses contain
 */
record Instance(
    String id,
    String reservationId,
    int index,
    String type,
    Status status,
    Optional<String> subnetId,
    Optional<String> vpcId,
    String zone,
    SortedMap<String, String> tags,
    Optional<String> clientToken,
    Details details)
    implements Stored {

  /** Attributes without any effect. */
  record Details(
      Optional<String> imageId,
      Optional<String> privateIp,
      Instant launched,
      String stateReason,
      Settings settings) {}

  /** Further launch parameters, with EC2's defaults. */
  record Settings(
      String httpTokens, String shutdownBehavior, SortedMap<String, String> volumeTags) {

    static Settings defaults() {
      return new Settings("optional", "stop", new TreeMap<>());
    }
  }

  @Override
  public String group() {
    return reservationId;
  }

  Instance withStatus(Status value) {
    return new Instance(
        id, reservationId, index, type, value, subnetId, vpcId, zone, tags, clientToken, details);
  }

  Instance withTags(SortedMap<String, String> value) {
    return new Instance(
        id, reservationId, index, type, status, subnetId, vpcId, zone, value, clientToken, details);
  }

  /** The instance as EC2 shows it after termination: without a network. */
  Instance terminated(Status value, String reason) {
    return new Instance(
        id,
        reservationId,
        index,
        type,
        value,
        Optional.empty(),
        Optional.empty(),
        zone,
        tags,
        clientToken,
        new Details(
            details.imageId(), Optional.empty(), details.launched(), reason, details.settings()));
  }
}
