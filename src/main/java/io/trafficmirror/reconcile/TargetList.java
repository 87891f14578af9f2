package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.InterfaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** The interfaces that are mirror targets of the account, read at most once in a while. */
final class TargetList {

  private final Ec2 ec2;
  private final Time time;
  private final Duration maxAge;
  private Set<InterfaceId> interfaces = Set.of();
  private Instant readAt = Instant.MIN;

  TargetList(Ec2 ec2, Time time, Duration maxAge) {
    this.ec2 = ec2;
    this.time = time;
    this.maxAge = maxAge;
  }

  /**
   * The list, at most {@code maxAge} old. A failed read leaves nothing behind and may be repeated.
   */
  Answer<Set<InterfaceId>> get(Deadline deadline) {
    if (!readAt.equals(Instant.MIN) && Duration.between(readAt, time.now()).compareTo(maxAge) < 0) {
      return new Answer.Got<>(interfaces);
    }
    Answer<Set<InterfaceId>> answer = ec2.targetInterfaces(deadline);
    if (answer instanceof Answer.Got<Set<InterfaceId>>(Set<InterfaceId> read)) {
      interfaces = Set.copyOf(read);
      readAt = time.now();
    }
    return answer;
  }
}
