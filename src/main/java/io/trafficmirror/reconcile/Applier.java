package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Applies actions: they start in order, a few are under way at once, the pacer says how fast. What
 * does not fit the deadline is not started, so it is a suffix; what was started is waited for, so
 * nothing is cut in the middle.
 */
final class Applier {

  /**
   * How often one action is tried in one invocation while EC2 gives no answer that means something.
   */
  static final int MAX_ATTEMPTS = 3;

  /** The pause after the first such attempt; it doubles. */
  static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  /** The least time that has to be left for a write to be started. */
  static final Duration MIN_CALL_TIME = Duration.ofSeconds(1);

  private final Ec2 ec2;
  private final Ownership ownership;
  private final WritePacer pacer;
  private final DenialGrace grace;
  private final Time time;
  private final Executor executor;
  private final int inFlightLimit;

  Applier(
      Ec2 ec2,
      Ownership ownership,
      WritePacer pacer,
      DenialGrace grace,
      Time time,
      Executor executor,
      int inFlightLimit) {
    this.ec2 = ec2;
    this.ownership = ownership;
    this.pacer = pacer;
    this.grace = grace;
    this.time = time;
    this.executor = executor;
    this.inFlightLimit = inFlightLimit;
  }

  /** Applies the steps, at most one an instance; every instance has an outcome in the end. */
  Map<InstanceId, Outcome> apply(List<Step> steps, Deadline deadline) throws InterruptedException {
    Run run = new Run(steps, deadline);
    run.work();
    return run.outcomes;
  }

  private record Paused(Step step, Instant until) {}

  private record Ended(Step step, Instant startedAt, Answer<Session> answer) {}

  /** One call of {@link #apply}. */
  private final class Run {
    private final Deadline deadline;
    private final PriorityQueue<Step> ready =
        new PriorityQueue<>(Comparator.comparingInt(Step::order));
    private final List<Paused> paused = new ArrayList<>();
    private final LinkedBlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
    private final Map<InstanceId, Outcome> outcomes = new HashMap<>();
    private int inFlight;
    private Instant lastSuccess = Instant.MIN;

    Run(List<Step> steps, Deadline deadline) {
      this.deadline = deadline;
      ready.addAll(steps);
    }

    void work() throws InterruptedException {
      while (!ready.isEmpty() || !paused.isEmpty() || inFlight > 0) {
        wakePaused();
        takeEnded(false);
        if (!deadline.allows(MIN_CALL_TIME)) {
          deferTheRest();
        }
        if (ready.isEmpty() || inFlight >= inFlightLimit) {
          waitForSomething();
        } else if (!pacer.untilNextStart().isZero()) {
          time.sleep(shorter(pacer.untilNextStart(), deadline.remaining()));
        } else {
          start(ready.remove());
        }
      }
    }

    private void wakePaused() {
      Instant now = time.now();
      paused.removeIf(
          p -> {
            boolean due = !p.until().isAfter(now);
            if (due) {
              ready.add(p.step());
            }
            return due;
          });
    }

    private void waitForSomething() throws InterruptedException {
      if (inFlight > 0) {
        takeEnded(true);
      } else if (!paused.isEmpty()) {
        Instant next = paused.stream().map(Paused::until).min(Instant::compareTo).orElseThrow();
        time.sleep(shorter(Duration.between(time.now(), next), deadline.remaining()));
      }
    }

    private void takeEnded(boolean wait) throws InterruptedException {
      Ended next = wait ? ended.take() : ended.poll();
      while (next != null) {
        inFlight--;
        judge(next);
        next = ended.poll();
      }
    }

    private void start(Step step) {
      Instant now = time.now();
      Step started = step.startedAt(now);
      pacer.started();
      inFlight++;
      executor.execute(() -> ended.add(new Ended(started, now, call(started, deadline))));
    }

    private void judge(Ended end) {
      Step step = end.step();
      switch (end.answer()) {
        case Answer.Got<Session>(Session session) -> {
          lastSuccess = time.now();
          if (step.isLast()) {
            outcomes.put(step.look().instance(), done(step.action(), session));
          } else {
            ready.add(step.next());
          }
        }
        case Answer.Failed<Session>(Failure failure) -> judgeFailure(step, end, failure);
      }
    }

    private void judgeFailure(Step step, Ended end, Failure failure) {
      switch (failure.kind().scope()) {
        case EVERYONE -> {
          if (failure.kind() == FailureKind.THROTTLED) {
            pacer.throttled(end.startedAt());
            ready.add(step);
          } else if (failure.kind() == FailureKind.UNAVAILABLE
              && step.attempts() + 1 < MAX_ATTEMPTS) {
            Duration pause = FIRST_PAUSE.multipliedBy(1L << step.attempts());
            paused.add(new Paused(step.triedOnceMore(), time.now().plus(pause)));
          } else {
            outcomes.put(step.look().instance(), unavailable(step, failure));
          }
        }
        case INSTANCE, LOOK_AGAIN ->
            outcomes.put(step.look().instance(), new Outcome.RetryForInstance(failure));
        case DENIED, TERMINAL ->
            outcomes.put(step.look().instance(), Verdicts.onInstance(failure, grace));
      }
    }

    /**
     * EC2 answered others meanwhile, so it is not EC2 that is broken but this call: that holds up
     * nobody else.
     */
    private Outcome unavailable(Step step, Failure failure) {
      return lastSuccess.isAfter(step.firstStart())
          ? new Outcome.RetryForInstance(failure)
          : new Outcome.RetryForEveryone(failure);
    }

    private void deferTheRest() {
      ready.forEach(this::defer);
      ready.clear();
      paused.forEach(p -> defer(p.step()));
      paused.clear();
    }

    private void defer(Step step) {
      Failure failure =
          new Failure(
              FailureKind.OUT_OF_TIME,
              "OutOfTime",
              "no time left to write to " + step.action().source() + "; it goes back for a retry");
      outcomes.put(step.look().instance(), new Outcome.RetryForEveryone(failure));
    }
  }

  private Answer<Session> call(Step step, Deadline deadline) {
    try {
      return switch (step.action()) {
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
              "defect while writing to " + step.action().source() + ": " + e.getMessage()));
    }
  }

  private Answer<Session> create(Look look, Action.CreateSession action, Deadline deadline) {
    Map<String, String> tags =
        ownership.sessionTags(action.entry(), action.instance(), look.trigger());
    String token = ClientTokens.of(action, tags, look.firstCause());
    return ec2.create(action, tags, token, deadline);
  }

  private static Outcome done(Action action, Session session) {
    return switch (action) {
      case Action.CreateSession create -> new Outcome.Created(create, session);
      case Action.ModifySession modify -> new Outcome.Modified(modify, session);
    };
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
