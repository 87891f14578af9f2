package io.trafficmirror.embedded.ec2;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A network interface.
 *
 * @param type for example {@code interface}, {@code efa} or {@code nat_gateway}
 */
record Interface(
    String id,
    Optional<String> subnetId,
    Optional<String> vpcId,
    String zone,
    String type,
    Optional<Attachment> attachment,
    SortedMap<String, String> tags,
    Details details)
    implements Stored {

  /** The attachment to an instance. */
  record Attachment(
      String id,
      String instanceId,
      int deviceIndex,
      int networkCard,
      String status,
      boolean deleteOnTermination,
      Instant since) {}

  /** Attributes without any effect. */
  record Details(String description, String mac, String address, List<String> groups) {}

  boolean isPrimary() {
    return attachment.filter(a -> a.deviceIndex() == 0 && a.networkCard() == 0).isPresent();
  }

  Interface withAttachment(Optional<Attachment> value) {
    return new Interface(id, subnetId, vpcId, zone, type, value, tags, details);
  }

  Interface withTags(SortedMap<String, String> value) {
    return new Interface(id, subnetId, vpcId, zone, type, attachment, value, details);
  }
}
