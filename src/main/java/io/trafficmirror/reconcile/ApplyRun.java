package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The writes of one round: they start in order, a few are under way at once, the pacer says how
 * fast. What does not fit the deadline is not started, so it is a suffix; what was started is
 * waited for, so nothing is cut in the middle.
 */
final class ApplyRun {

  /**
   * How often one action is tried in one invocation while EC2 gives no answer that means something.
   */
  static final int MAX_ATTEMPTS = 3;

  /** The pause after the first such attempt; it doubles. */
  static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  /** After so many throttles of one action in a run, the next ones get a chance before it. */
  static final int THROTTLES_BEFORE_A_PAUSE = 4;

  /** For how long they do. */
  static final Duration THROTTLE_PAUSE = Duration.ofSeconds(2);

  /** The least time that has to be left for a write to be started. */
  static final Duration MIN_CALL_TIME = Duration.ofSeconds(1);

  private static final Failure LOST =
      new Failure(FailureKind.UNAVAILABLE, "no-answer", "the thread of the write died");

  private static boolean ec2Looked(Answer<Session> answer) {
    return switch (answer) {
      case Answer.Got<Session> got -> true;
      case Answer.Failed<Session>(Failure failure) ->
          failure.kind().scope() != FailureKind.Scope.EVERYONE;
    };
  }

  /** One write. */
  interface Write {
    Answer<Session> make(Step step, Action action);
  }

  private record Paused(Step step, Instant until) {}

  private record Ended(Step step, Instant startedAt, Instant endedAt, Answer<Session> answer) {}

  private final Deadline deadline;
  private final Write write;
  private final WritePacer pacer;
  private final Silence silence;
  private final RefusedTypes refusedTypes;
  private final PoolMemory pools;
  private final DenialGrace grace;
  private final Time time;
  private final Executor executor;
  private final int inFlightLimit;
  private final PriorityQueue<Step> ready =
      new PriorityQueue<>(Comparator.comparingInt(Step::order));
  private final List<Paused> paused = new ArrayList<>();
  private final LinkedBlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
  private final Map<InstanceId, Outcome> outcomes = new HashMap<>();
  private final Map<InstanceId, Failure> unanswered = new HashMap<>();
  private int inFlight;
  private int successes;

  ApplyRun(
      List<Step> steps,
      Deadline deadline,
      Write write,
      Experience experience,
      DenialGrace grace,
      Time time,
      Executor executor,
      int inFlightLimit) {
    this.deadline = deadline;
    this.write = write;
    this.pacer = experience.pacer();
    this.silence = experience.silence();
    this.refusedTypes = experience.refusedTypes();
    this.pools = experience.pools();
    this.grace = grace;
    this.time = time;
    this.executor = executor;
    this.inFlightLimit = inFlightLimit;
    ready.addAll(steps);
  }

  /** Every step's instance has an outcome in the end. */
  Map<InstanceId, Outcome> work() throws InterruptedException {
    while (!ready.isEmpty() || !paused.isEmpty() || inFlight > 0) {
      wakePaused();
      takeEnded();
      if (!deadline.allows(MIN_CALL_TIME)) {
        deferTheRest();
      }
      Duration wait = untilNextStart();
      if (wait.isZero()) {
        start(ready.remove());
      } else {
        waitForSomething(wait);
      }
    }
    judgeUnanswered();
    return outcomes;
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

  /** Zero where a step may start now; else how long to wait unless something ends before. */
  private Duration untilNextStart() {
    if (!ready.isEmpty() && inFlight < inFlightLimit) {
      return pacer.untilNextStart();
    }
    Optional<Instant> next = paused.stream().map(Paused::until).min(Instant::compareTo);
    Duration wait = next.map(at -> Duration.between(time.now(), at)).orElse(MIN_CALL_TIME);
    return wait.isPositive() ? wait : MIN_CALL_TIME;
  }

  /** What ends meanwhile is heard of at once; near the deadline nothing new is waited for. */
  private void waitForSomething(Duration wait) throws InterruptedException {
    Duration left = deadline.remaining().minus(MIN_CALL_TIME);
    Duration atMost = left.isPositive() ? shorter(wait, left.plusMillis(1)) : MIN_CALL_TIME;
    if (inFlight > 0) {
      time.poll(ended, atMost).ifPresent(this::hearOf);
    } else if (!ready.isEmpty() || !paused.isEmpty()) {
      time.sleep(atMost);
    }
  }

  private void takeEnded() {
    for (Ended next = ended.poll(); next != null; next = ended.poll()) {
      hearOf(next);
    }
  }

  private void hearOf(Ended end) {
    inFlight--;
    judge(end);
  }

  private void start(Step step) {
    Optional<Failure> known =
        step.action() instanceof Action.CreateSession
            ? refusedTypes.answerFor(step.instance())
            : Optional.empty();
    if (known.isPresent()) {
      outcomes.put(step.look().instance(), Verdicts.onInstance(known.get(), grace));
      return;
    }
    if (step.isPooled() && pools.isRefused(step.action().target())) {
      outcomes.put(step.look().instance(), anotherTarget(step.action()));
      return;
    }
    Instant now = time.now();
    pacer.started();
    inFlight++;
    executor.execute(() -> make(step, now));
  }

  /** Ends in any case: an error that kills the thread must not leave the loop waiting for it. */
  private void make(Step step, Instant startedAt) {
    Answer<Session> answer = new Answer.Failed<>(LOST);
    try {
      answer = write.make(step, step.action());
    } finally {
      ended.add(new Ended(step, startedAt, time.now(), answer));
    }
  }

  private void judge(Ended end) {
    Step step = end.step();
    if (ec2Looked(end.answer())) {
      pacer.taken();
      silence.answered();
    }
    switch (end.answer()) {
      case Answer.Got<Session>(Session session) -> {
        successes++;
        refusedTypes.accepted(step.instance());
        if (step.isPooled()) {
          pools.seated(step.action().source(), step.action().target());
        }
        if (step.isLast()) {
          outcomes.put(step.look().instance(), done(step.action(), session, end.endedAt()));
        } else {
          ready.add(step.next());
        }
      }
      case Answer.Failed<Session>(Failure failure) -> judgeFailure(step, end, failure);
    }
  }

  private void judgeFailure(Step step, Ended end, Failure failure) {
    if (step.isPooled() && failure.kind() == FailureKind.TARGET_FULL) {
      pools.isFull(step.action().target());
      outcomes.put(step.look().instance(), new Outcome.RetryForInstance(failure));
      return;
    }
    if (step.isPooled() && failure.kind() == FailureKind.TARGET_NOT_FOUND) {
      pools.isGone(step.action().target());
      outcomes.put(step.look().instance(), new Outcome.RetryForInstance(failure));
      return;
    }
    switch (failure.kind().scope()) {
      case EVERYONE -> everyoneFailure(step, end, failure);
      case INSTANCE, LOOK_AGAIN ->
          outcomes.put(step.look().instance(), new Outcome.RetryForInstance(failure));
      case DENIED, TERMINAL -> {
        if (failure.kind() == FailureKind.UNSUPPORTED_SOURCE) {
          refusedTypes.refused(step.instance());
        }
        outcomes.put(step.look().instance(), Verdicts.onInstance(failure, grace));
      }
    }
  }

  private static Outcome anotherTarget(Action action) {
    return new Outcome.RetryForInstance(
        new Failure(
            FailureKind.TARGET_FULL,
            "remembered",
            "EC2 has just refused %s as full or gone; %s is looked at again for another target"
                .formatted(action.target(), action.instance())));
  }

  private void everyoneFailure(Step step, Ended end, Failure failure) {
    switch (failure.kind()) {
      case THROTTLED -> {
        pacer.throttled(end.startedAt());
        Step again = step.throttledOnceMore();
        if (again.throttles() % THROTTLES_BEFORE_A_PAUSE == 0) {
          paused.add(new Paused(again, time.now().plus(THROTTLE_PAUSE)));
        } else {
          ready.add(again);
        }
      }
      case UNAVAILABLE -> {
        Step again = step.triedOnceMore();
        if (again.attempts() < MAX_ATTEMPTS) {
          Duration pause = FIRST_PAUSE.multipliedBy(1L << step.attempts());
          paused.add(new Paused(again, time.now().plus(pause)));
        } else {
          silence.unanswered(step.look().instance());
          unanswered.put(step.look().instance(), failure);
        }
      }
      default -> outcomes.put(step.look().instance(), new Outcome.RetryForEveryone(failure));
    }
  }

  /**
   * EC2 that is broken is told from EC2 that is broken for one instance when the run ends: where
   * writes for others succeeded, or nobody else's went without an answer, now or just before, it is
   * the instance's own trouble. The reads before these writes succeeded, so EC2 is there. One
   * instance never holds up others for longer than its own retries.
   */
  private void judgeUnanswered() {
    boolean ownTrouble = successes > 0 || (unanswered.size() == 1 && !silence.isEc2s());
    unanswered.forEach(
        (instance, failure) ->
            outcomes.put(
                instance,
                ownTrouble
                    ? new Outcome.RetryForInstance(failure)
                    : new Outcome.RetryForEveryone(failure)));
  }

  private void deferTheRest() {
    ready.forEach(this::defer);
    ready.clear();
    paused.forEach(p -> defer(p.step()));
    paused.clear();
  }

  /** Told apart, as what was throttled is nobody's own trouble, whatever an earlier look gave. */
  private void defer(Step step) {
    Failure failure = step.throttles() > 0 ? throttledToTheEnd(step) : outOfTime(step);
    outcomes.put(step.look().instance(), new Outcome.RetryForEveryone(failure));
  }

  private static Failure throttledToTheEnd(Step step) {
    return new Failure(
        FailureKind.THROTTLED,
        "Throttled",
        "EC2 throttled the write to %s %d times, until no time was left; it goes back for a retry"
            .formatted(step.action().source(), step.throttles()));
  }

  private static Failure outOfTime(Step step) {
    return new Failure(
        FailureKind.OUT_OF_TIME,
        "OutOfTime",
        "no time left to write to " + step.action().source() + "; it goes back for a retry");
  }

  private static Outcome done(Action action, Session session, Instant at) {
    return switch (action) {
      case Action.CreateSession create -> new Outcome.Created(create, session, at);
      case Action.ModifySession modify -> new Outcome.Modified(modify, session);
    };
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
