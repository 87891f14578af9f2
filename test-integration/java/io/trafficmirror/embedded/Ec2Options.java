package io.trafficmirror.embedded;

import java.time.Duration;

/**
 * The settings of embedded EC2.
 *
 * @param unverified the behaviour that AWS does not document
 * @param transitionTime how long an instance stays {@code pending}, {@code stopping} or {@code
 *     shutting-down}; zero skips these states
 * @param maximumSessions the account's quota of mirror sessions; AWS's default is 10,000 (Traffic
 *     Mirroring quotas)
 * @param nextTokenLife how long a NextToken is valid; AWS documents no limit
 * @param clientTokenLife how long a client token is remembered after its use; AWS documents no
 *     limit
 * @param writeVisibilityDelay how long an interface or mirror target that was created through the
 *     API is unknown to the writes that create a target or session for it; EC2 is eventually
 *     consistent
 */
public record Ec2Options(
    Unverified unverified,
    Duration transitionTime,
    int maximumSessions,
    Duration nextTokenLife,
    Duration clientTokenLife,
    Duration writeVisibilityDelay) {

  private static final Duration UNLIMITED = Duration.ofDays(36_500);

  /** Rejects negative values. */
  public Ec2Options {
    if (transitionTime.isNegative()
        || nextTokenLife.isNegative()
        || clientTokenLife.isNegative()
        || writeVisibilityDelay.isNegative()
        || maximumSessions < 0) {
      throw new IllegalArgumentException("Settings must not be negative");
    }
  }

  /** The defaults with a different undocumented behaviour. */
  public Ec2Options(Unverified unverified) {
    this(unverified, Duration.ZERO, 10_000, Duration.ofHours(1), UNLIMITED, Duration.ZERO);
  }

  /**
   * The most likely undocumented behaviour, AWS's quota, a NextToken that is valid for an hour, and
   * no delays.
   */
  public static Ec2Options defaults() {
    return new Ec2Options(Unverified.defaults());
  }

  /** A copy with a different undocumented behaviour. */
  public Ec2Options withUnverified(Unverified value) {
    return new Ec2Options(
        value,
        transitionTime,
        maximumSessions,
        nextTokenLife,
        clientTokenLife,
        writeVisibilityDelay);
  }

  /** A copy with a different transition time. */
  public Ec2Options withTransitionTime(Duration value) {
    return new Ec2Options(
        unverified, value, maximumSessions, nextTokenLife, clientTokenLife, writeVisibilityDelay);
  }

  /** A copy with a different session quota. */
  public Ec2Options withMaximumSessions(int value) {
    return new Ec2Options(
        unverified, transitionTime, value, nextTokenLife, clientTokenLife, writeVisibilityDelay);
  }

  /** A copy with a different lifetime of a NextToken. */
  public Ec2Options withNextTokenLife(Duration value) {
    return new Ec2Options(
        unverified, transitionTime, maximumSessions, value, clientTokenLife, writeVisibilityDelay);
  }

  /** A copy with a different lifetime of a client token. */
  public Ec2Options withClientTokenLife(Duration value) {
    return new Ec2Options(
        unverified, transitionTime, maximumSessions, nextTokenLife, value, writeVisibilityDelay);
  }

  /** A copy with a different write visibility delay. */
  public Ec2Options withWriteVisibilityDelay(Duration value) {
    return new Ec2Options(
        unverified, transitionTime, maximumSessions, nextTokenLife, clientTokenLife, value);
  }
}
