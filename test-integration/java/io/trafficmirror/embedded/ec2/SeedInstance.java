package io.trafficmirror.embedded.ec2;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** An instance to create, with all attributes that a file can contain. */
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
