package io.trafficmirror.embedded;

import java.time.InstantSource;

/**
 * The settings of an embedded AWS.
 *
 * @param account the account id, twelve digits
 * @param region the AWS Region, for example {@code us-east-1}
 * @param clock the source of all timestamps
 * @param seed the seed of ids and sequence numbers, for reproducible runs
 * @param ec2 the settings of embedded EC2
 */
public record EmbeddedOptions(
    String account, String region, InstantSource clock, long seed, Ec2Options ec2) {

  /** Account 111122223333 in us-east-1 on the system clock, with seed 1. */
  public static EmbeddedOptions defaults() {
    return new EmbeddedOptions(
        "111122223333", "us-east-1", InstantSource.system(), 1, Ec2Options.defaults());
  }

  /** A copy with a different clock. */
  public EmbeddedOptions withClock(InstantSource newClock) {
    return new EmbeddedOptions(account, region, newClock, seed, ec2);
  }

  /** A copy with a different seed. */
  public EmbeddedOptions withSeed(long newSeed) {
    return new EmbeddedOptions(account, region, clock, newSeed, ec2);
  }

  /** A copy with different settings of EC2. */
  public EmbeddedOptions withEc2(Ec2Options newEc2) {
    return new EmbeddedOptions(account, region, clock, seed, newEc2);
  }
}
