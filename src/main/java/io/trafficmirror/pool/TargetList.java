package io.trafficmirror.pool;

import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Ec2Reads;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A cache of the account's mirror targets. */
public final class TargetList {

  private final Ec2Reads ec2;
  private final Time time;
  private final Duration maxAge;
  private List<MirrorTarget> targets = List.of();
  private Instant readAt = Instant.MIN;

  /** Creates a list that is read when it is first needed. */
  public TargetList(Ec2Reads ec2, Time time, Duration maxAge) {
    this.ec2 = ec2;
    this.time = time;
    this.maxAge = maxAge;
  }

  /**
   * The targets, read less than {@code maxAge} ago. A failed read does not change the cache and may
   * be repeated.
   */
  public Answer<List<MirrorTarget>> get(Deadline deadline) {
    boolean isYoung =
        !readAt.equals(Instant.MIN) && Duration.between(readAt, time.now()).compareTo(maxAge) < 0;
    return isYoung ? new Answer.Got<>(targets) : fresh(deadline);
  }

  /**
   * The targets as EC2 returns them now. A failed read does not change the cache and may be
   * repeated.
   */
  public Answer<List<MirrorTarget>> fresh(Deadline deadline) {
    Answer<List<MirrorTarget>> answer = ec2.targets(deadline);
    if (answer instanceof Answer.Got<List<MirrorTarget>>(List<MirrorTarget> read)) {
      targets = List.copyOf(read);
      readAt = time.now();
    }
    return answer;
  }
}
