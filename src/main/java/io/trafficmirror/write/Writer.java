package io.trafficmirror.write;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Ec2Writes;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.Time;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Applies actions to EC2 in one scope; no other code does. It keeps the measured rate of each API
 * for the lifetime of an environment. {@link WriteRun} implements the writes of one call.
 */
public final class Writer {

  private final Ec2Writes ec2;
  private final Ownership ownership;
  private final Time time;
  private final Executor executor;
  private final int inFlightLimit;
  private final Map<ApiBucket, WritePacer> pacers = new EnumMap<>(ApiBucket.class);

  /**
   * Creates a writer.
   *
   * @param ec2 the EC2 writes
   * @param ownership provides the tags of created resources
   * @param time the clock
   * @param executor runs the calls
   * @param inFlightLimit the maximum number of concurrent calls, 1 or more
   */
  public Writer(
      Ec2Writes ec2, Ownership ownership, Time time, Executor executor, int inFlightLimit) {
    this.ec2 = ec2;
    this.ownership = ownership;
    this.time = time;
    this.executor = executor;
    this.inFlightLimit = inFlightLimit;
    for (ApiBucket bucket : ApiBucket.values()) {
      pacers.put(bucket, new WritePacer(time, bucket));
    }
  }

  /**
   * Applies actions. They start in order, and a limited number are in flight at once. Actions that
   * do not fit the deadline are not started; started ones are awaited.
   *
   * @param actions the actions; no two on the same source
   * @param cause the cause of an action; empty for one that creates no session
   * @param memory the remembered answers of EC2
   * @param deadline when the last action has to be answered
   * @return the result of each action, in order
   * @throws InterruptedException if the thread is interrupted
   */
  public List<Written> apply(
      List<? extends Action> actions,
      Function<Action, Optional<WriteCause>> cause,
      WriteMemory memory,
      Deadline deadline)
      throws InterruptedException {
    List<PendingWrite> pending = new ArrayList<>(actions.size());
    for (Action action : actions) {
      pending.add(PendingWrite.first(pending.size(), action, cause.apply(action)));
    }
    return new WriteRun(
            pending,
            write -> call(write, deadline),
            pacers,
            memory,
            deadline,
            time,
            executor,
            inFlightLimit)
        .run();
  }

  /**
   * Applies one action that creates no session, like {@link #apply(List, Function, WriteMemory,
   * Deadline)}.
   */
  public Written apply(Action action, WriteMemory memory, Deadline deadline)
      throws InterruptedException {
    return apply(List.of(action), ignored -> Optional.empty(), memory, deadline).getFirst();
  }

  private Answer<Effect> call(PendingWrite write, Deadline deadline) {
    try {
      return switch (write.action()) {
        case Action.CreateSession create -> create(create, write.cause().orElseThrow(), deadline);
        case Action.ModifySession modify -> session(ec2.modifySession(modify, deadline));
        case Action.TagSession tag -> done(ec2.tag(tag.session().value(), tag.tags(), deadline));
        case Action.UntagSession untag ->
            done(ec2.untag(untag.session().value(), untag.keys(), deadline));
        case Action.DeleteSession delete -> done(ec2.deleteSession(delete.session(), deadline));
        case Action.LaunchTarget launch -> launch(launch, deadline);
        case Action.CreateTarget target -> target(target, deadline);
        case Action.TagTarget tag -> done(ec2.tag(tag.target().value(), tag.tags(), deadline));
        case Action.DeleteTarget delete -> done(ec2.deleteTarget(delete.target(), deadline));
        case Action.TerminateTarget end -> done(ec2.terminate(end.instance(), deadline));
      };
    } catch (RuntimeException e) {
      // A defect must not stop the run, which waits for this answer, and must not count as success.
      return new Answer.Failed<>(
          new Failure(
              FailureKind.REFUSED,
              e.getClass().getSimpleName(),
              "defect while applying " + write.action() + ": " + e.getMessage()));
    }
  }

  private Answer<Effect> create(Action.CreateSession action, WriteCause cause, Deadline deadline) {
    Map<String, String> tags =
        ownership.sessionTags(action.entry(), action.source().instance(), cause.trigger());
    String token = ClientTokens.of(action, tags, cause.record());
    return session(ec2.createSession(action, tags, token, deadline));
  }

  private Answer<Effect> launch(Action.LaunchTarget action, Deadline deadline) {
    Slot slot = action.slot();
    Answer<PoolMember> answer =
        ec2.launch(
            action.pool(), ownership.slotTags(slot), slot.launchToken(), ownership, deadline);
    return answer.map(Effect.InstanceLaunched::new);
  }

  private Answer<Effect> target(Action.CreateTarget action, Deadline deadline) {
    InterfaceId networkInterface = action.networkInterface().orElseThrow();
    Answer<MirrorTarget> answer =
        ec2.createTarget(
            networkInterface,
            ownership.slotTags(action.slot()),
            Slot.targetToken(networkInterface),
            deadline);
    return answer.map(Effect.TargetCreated::new);
  }

  private static Answer<Effect> session(Answer<Session> answer) {
    return answer.map(Effect.SessionChanged::new);
  }

  private static <T> Answer<Effect> done(Answer<T> answer) {
    return answer.map(ignored -> new Effect.Done());
  }
}
