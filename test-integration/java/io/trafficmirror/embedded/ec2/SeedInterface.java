package io.trafficmirror.embedded.ec2;

import java.util.List;
import java.util.Optional;

/** An interface of a {@link SeedInstance}. */
record SeedInterface(
    String id,
    int deviceIndex,
    int networkCard,
    Optional<String> subnetId,
    Optional<String> vpcId,
    String type,
    String status,
    boolean deleteOnTermination,
    Optional<String> address,
    List<String> groups) {}
