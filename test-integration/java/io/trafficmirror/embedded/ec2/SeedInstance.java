package io.trafficmirror.embedded.ec2;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** An instance that is to be put into the world, with everything that a file can say about it. */
record SeedInstance(
    String id,
    String reservationId,
    int index,
    String type,
    State state,
    Optional<String> imageId,
    Optional<String> subnetId,
    Optional<String> vpcId,
    String zone,
    SortedMap<String, String> tags,
    List<SeedInterface> interfaces) {}
