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
 * @param clientTokenLife for how long after its use a client token is remembered; AWS documents
 *     nothing
 * @param writesKnowAfter how long after it was made by the API an interface or a mirror target is
 *     unknown to the writes that make a target or a session of it; EC2 is eventually consistent
 */
public record Ec2Options(
    Unverified unverified,
    Duration transitionTime,
    int maximumSessions,
    Duration nextTokenLife,
    Duration clientTokenLife,
    Duration writesKnowAfter) {

  private static final Duration A_CENTURY = Duration.ofDays(36_500);

  /** Refuses negative values. */
  public Ec2Options {
    if (transitionTime.isNegative()
        || nextTokenLife.isNegative()
        || clientTokenLife.isNegative()
        || writesKnowAfter.isNegative()
        || maximumSessions < 0) {
      throw new IllegalArgumentException("a negative setting of embedded EC2");
    }
  }

  /** The defaults with these undocumented behaviours. */
  public Ec2Options(Unverified unverified) {
    this(unverified, Duration.ZERO, 10_000, Duration.ofHours(1), A_CENTURY, Duration.ZERO);
  }

  /** The likely behaviours, AWS's quota, page tokens good for an hour, and no delay in anything. */
  public static Ec2Options defaults() {
    return new Ec2Options(Unverified.defaults());
  }

  /** The same with other undocumented behaviours. */
  public Ec2Options withUnverified(Unverified value) {
    return new Ec2Options(
        value, transitionTime, maximumSessions, nextTokenLife, clientTokenLife, writesKnowAfter);
  }

  /** The same with another time of transition. */
  public Ec2Options withTransitionTime(Duration value) {
    return new Ec2Options(
        unverified, value, maximumSessions, nextTokenLife, clientTokenLife, writesKnowAfter);
  }

  /** The same with another quota of sessions. */
  public Ec2Options withMaximumSessions(int value) {
    return new Ec2Options(
        unverified, transitionTime, value, nextTokenLife, clientTokenLife, writesKnowAfter);
  }

  /** The same with another life of page tokens. */
  public Ec2Options withNextTokenLife(Duration value) {
    return new Ec2Options(
        unverified, transitionTime, maximumSessions, value, clientTokenLife, writesKnowAfter);
  }

  /** The same with another life of client tokens. */
  public Ec2Options withClientTokenLife(Duration value) {
    return new Ec2Options(
        unverified, transitionTime, maximumSessions, nextTokenLife, value, writesKnowAfter);
  }

  /** The same with another delay until writes know what is new. */
  public Ec2Options withWritesKnowAfter(Duration value) {
    return new Ec2Options(
        unverified, transitionTime, maximumSessions, nextTokenLife, clientTokenLife, value);
  }
}
