package io.trafficmirror.embedded;

import java.time.Duration;

/**
 * What can be set about embedded EC2.
 *
 * @param unverified the behaviours that AWS does not document
 * @param transitionTime how long, by the clock, an instance stays {@code pending}, {@code stopping}
 *     or {@code shutting-down}; zero for not at all
 * @param maximumSessions the account's quota of mirror sessions; AWS's is 10,000 (Traffic Mirroring
 *     quotas)
 * @param nextTokenLife how long, by the clock, a NextToken can be used; AWS documents none
 */
public record Ec2Options(
    Unverified unverified, Duration transitionTime, int maximumSessions, Duration nextTokenLife) {

  /** Refuses negative values. */
  public Ec2Options {
    if (transitionTime.isNegative() || nextTokenLife.isNegative() || maximumSessions < 0) {
      throw new IllegalArgumentException("a negative setting of embedded EC2");
    }
  }

  /** The defaults with these undocumented behaviours. */
  public Ec2Options(Unverified unverified) {
    this(unverified, Duration.ZERO, 10_000, Duration.ofHours(1));
  }

  /** The likely behaviours, immediate transitions, AWS's quota, tokens good for an hour. */
  public static Ec2Options defaults() {
    return new Ec2Options(Unverified.defaults());
  }

  /** The same with other undocumented behaviours. */
  public Ec2Options withUnverified(Unverified value) {
    return new Ec2Options(value, transitionTime, maximumSessions, nextTokenLife);
  }

  /** The same with another time of transition. */
  public Ec2Options withTransitionTime(Duration value) {
    return new Ec2Options(unverified, value, maximumSessions, nextTokenLife);
  }

  /** The same with another quota of sessions. */
  public Ec2Options withMaximumSessions(int value) {
    return new Ec2Options(unverified, transitionTime, value, nextTokenLife);
  }

  /** The same with another life of tokens. */
  public Ec2Options withNextTokenLife(Duration value) {
    return new Ec2Options(unverified, transitionTime, maximumSessions, value);
  }
}
