package io.trafficmirror.embedded.ec2;

import java.util.Optional;
import java.util.SortedMap;

/** A mirror target: either an interface or a Network Load Balancer. */
record MirrorTarget(
    String id,
    Optional<String> interfaceId,
    Optional<String> loadBalancerArn,
    Optional<String> description,
    SortedMap<String, String> tags)
    implements Stored {

  String type() {
    return interfaceId.isPresent() ? "network-interface" : "network-load-balancer";
  }

  MirrorTarget withTags(SortedMap<String, String> value) {
    return new MirrorTarget(id, interfaceId, loadBalancerArn, description, value);
  }
}
