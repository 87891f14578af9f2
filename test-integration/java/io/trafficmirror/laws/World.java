package io.trafficmirror.laws;

import io.trafficmirror.embedded.Ec2Options;
import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.MappingSettings;
import io.trafficmirror.embedded.Unverified;
import io.trafficmirror.harness.DeploymentOptions;
import io.trafficmirror.harness.SteppedDeployment;
import io.trafficmirror.harness.VirtualTime;

/** A deployment on embedded AWS for tests of laws. */
final class World extends SteppedDeployment {

  final VirtualTime time = time();
  final EmbeddedAws aws = aws();
  final MappingSettings settings;

  World(long seed, Ec2Options ec2, MappingSettings settings, int shards, String policy) {
    super(
        DeploymentOptions.of(policy)
            .withSeed(seed)
            .withEc2(ec2)
            .withMapping(settings)
            .withShards(shards));
    this.settings = settings;
  }

  World(long seed, Unverified unverified, MappingSettings settings, int shards, String policy) {
    this(seed, Ec2Options.defaults().withUnverified(unverified), settings, shards, policy);
  }

  static World withPolicy(String policy) {
    return new World(1, Unverified.defaults(), MappingSettings.defaults(), 1, policy);
  }
}
