package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Ec2;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.Time;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** Applies actions; how, is in {@link ApplyRun}. What it learns of EC2 by that, it remembers. */
final class Applier {

  private final Ec2 ec2;
  private final Ownership ownership;
  private final Experience experience;
  private final DenialGrace grace;
  private final Time time;
  private final Executor executor;
  private final int inFlightLimit;

  Applier(
      Ec2 ec2,
      Ownership ownership,
      Experience experience,
      DenialGrace grace,
      Time time,
      Executor executor,
      Limits limits) {
    this.ec2 = ec2;
    this.ownership = ownership;
    this.experience = experience;
    this.grace = grace;
    this.time = time;
    this.executor = executor;
    this.inFlightLimit = limits.writesInFlight();
  }

  /** The instance has a session, so its type can be a source. */
  void knownToWork(Instance instance) {
    experience.refusedTypes().accepted(instance);
  }

  /** Applies the steps, at most one an instance; every instance has an outcome in the end. */
  Map<InstanceId, Outcome> apply(List<Step> steps, Deadline deadline) throws InterruptedException {
    return new ApplyRun(
            steps,
            deadline,
            (step, action) -> call(step, action, deadline),
            experience,
            grace,
            time,
            executor,
            inFlightLimit)
        .work();
  }

  private Answer<Session> call(Step step, Action action, Deadline deadline) {
    try {
      return switch (action) {
        case Action.CreateSession create -> create(step.look(), create, deadline);
        case Action.ModifySession modify -> ec2.modify(modify, deadline);
      };
    } catch (RuntimeException e) {
      // A defect must neither stop the loop, which waits for this answer, nor be taken for a
      // success.
      return new Answer.Failed<>(
          new Failure(
              FailureKind.REFUSED,
              e.getClass().getSimpleName(),
              "defect while writing to " + action.source() + ": " + e.getMessage()));
    }
  }

  private Answer<Session> create(
      InstanceRequest look, Action.CreateSession action, Deadline deadline) {
    Map<String, String> tags =
        ownership.sessionTags(action.entry(), action.instance(), look.trigger());
    String token = ClientTokens.of(action, tags, look.firstCause());
    return ec2.create(action, tags, token, deadline);
  }
}
