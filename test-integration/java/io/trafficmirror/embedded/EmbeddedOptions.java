package io.trafficmirror.embedded;

import java.time.InstantSource;

/**
 * What one embedded AWS is.
 *
 * @param account its account id, twelve digits
 * @param region its Region, for example {@code us-east-1}
 * @param clock everything that has a time takes it from here
 * @param seed what looks random (ids, sequence numbers) is drawn from it, so that a run can be had
 *     again
 * @param ec2 how its EC2 behaves where AWS does not say
 */
public record EmbeddedOptions(
    String account, String region, InstantSource clock, long seed, Ec2Options ec2) {

  /** Account 111122223333 in us-east-1 by the system's clock, seed 1. */
  public static EmbeddedOptions defaults() {
    return new EmbeddedOptions(
        "111122223333", "us-east-1", InstantSource.system(), 1, Ec2Options.defaults());
  }

  /** The same by another clock. */
  public EmbeddedOptions withClock(InstantSource newClock) {
    return new EmbeddedOptions(account, region, newClock, seed, ec2);
  }

  /** The same with another seed. */
  public EmbeddedOptions withSeed(long newSeed) {
    return new EmbeddedOptions(account, region, clock, newSeed, ec2);
  }

  /** The same with another EC2. */
  public EmbeddedOptions withEc2(Ec2Options newEc2) {
    return new EmbeddedOptions(account, region, clock, seed, newEc2);
  }
}
