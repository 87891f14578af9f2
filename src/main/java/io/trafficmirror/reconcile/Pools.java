package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.Planner;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.PoolView;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.Standing;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Ec2;
import io.trafficmirror.port.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Targets on demand as one round needs them: reads the pools, finds who needs a seat, and has seats
 * made for them.
 */
final class Pools {

  private final Ec2 ec2;
  private final Ownership ownership;
  private final PoolReader reader;
  private final PoolMemory memory;
  private final SeatMaker maker;

  Pools(Ec2 ec2, Ownership ownership, PoolReader reader, PoolMemory memory, SeatMaker maker) {
    this.ec2 = ec2;
    this.ownership = ownership;
    this.reader = reader;
    this.memory = memory;
    this.maker = maker;
  }

  /**
   * A target for every case, or what becomes of it.
   *
   * @param cases in the order in which they get seats
   * @param sessions what was seen on their interfaces
   * @param budget what may still be launched
   */
  Map<InstanceId, Seated> seat(
      List<PooledCase> cases,
      Map<InterfaceId, List<Session>> sessions,
      LaunchBudget budget,
      Deadline deadline)
      throws InterruptedException {
    Optional<Map<InstanceId, Seated>> settled =
        reader
            .known()
            .flatMap(known -> new Round(known, budget, deadline).ifAllAreSettled(cases, sessions));
    if (settled.isPresent()) {
      return settled.get();
    }
    Set<TargetId> used =
        cases.stream()
            .flatMap(each -> sessions.getOrDefault(each.source(), List.of()).stream())
            .filter(ownership::owns)
            .map(Session::target)
            .collect(Collectors.toSet());
    return switch (reader.see(used, deadline)) {
      case Answer.Failed<PoolReader.Seen>(Failure failure) -> maker.allFailed(cases, failure);
      case Answer.Got<PoolReader.Seen>(PoolReader.Seen seen) ->
          forgetIfSomebodyWaits(new Round(seen, budget, deadline).seat(cases, sessions));
    };
  }

  private Map<InstanceId, Seated> forgetIfSomebodyWaits(Map<InstanceId, Seated> seated) {
    if (seated.values().stream().anyMatch(Pools::waits)) {
      reader.forget();
    }
    return seated;
  }

  private static boolean waits(Seated seated) {
    return seated instanceof Seated.Not(Outcome.RetryForInstance ignored);
  }

  /** One look at the pools. */
  private final class Round {
    private final PoolReader.Seen seen;
    private final LaunchBudget budget;
    private final Deadline deadline;
    private final Map<InstanceId, Seated> seated = new HashMap<>();

    Round(PoolReader.Seen seen, LaunchBudget budget, Deadline deadline) {
      this.seen = seen;
      this.budget = budget;
      this.deadline = deadline;
    }

    /** The case of most rounds: everybody has the session that the policy wants. */
    Optional<Map<InstanceId, Seated>> ifAllAreSettled(
        List<PooledCase> cases, Map<InterfaceId, List<Session>> sessions) {
      Map<Pool, Set<TargetId>> acceptable = new HashMap<>();
      for (PooledCase each : cases) {
        Set<TargetId> living =
            acceptable.computeIfAbsent(
                each.pool(),
                pool -> Set.copyOf(reader.view(pool, seen, Map.of()).living().keySet()));
        List<Session> existing = sessions.getOrDefault(each.source(), List.of());
        if (!(Planner.standing(each.candidate(), living, existing, ownership)
            instanceof Standing.Final)) {
          return Optional.empty();
        }
        put(each, new Seated.At(MirrorTarget.NOT_MADE_YET, living, existing));
      }
      return Optional.of(seated);
    }

    Map<InstanceId, Seated> seat(List<PooledCase> cases, Map<InterfaceId, List<Session>> sessions)
        throws InterruptedException {
      Map<Pool, List<PooledCase>> byPool =
          cases.stream()
              .collect(
                  Collectors.groupingBy(PooledCase::pool, LinkedHashMap::new, Collectors.toList()));
      Map<Pool, List<PooledCase>> needy = new LinkedHashMap<>();
      Set<TargetId> living = new HashSet<>();
      byPool.forEach(
          (pool, some) -> {
            PoolView view = reader.view(pool, seen, Map.of());
            List<PooledCase> left = withoutSettled(some, sessions, view);
            if (!left.isEmpty()) {
              needy.put(pool, left);
              living.addAll(view.living().keySet());
            }
          });
      if (!needy.isEmpty()) {
        make(needy, sessions, living);
      }
      return seated;
    }

    private void make(
        Map<Pool, List<PooledCase>> needy,
        Map<InterfaceId, List<Session>> sessions,
        Set<TargetId> living)
        throws InterruptedException {
      switch (ec2.sessionsTo(living, deadline)) {
        case Answer.Failed<List<Session>>(Failure failure) ->
            needy.values().forEach(some -> seated.putAll(maker.allFailed(some, failure)));
        case Answer.Got<List<Session>>(List<Session> shown) -> {
          Map<InterfaceId, List<Session>> all = merged(sessions, shown);
          Map<TargetId, Set<InterfaceId>> sources =
              reader.sources(all.values().stream().flatMap(List::stream).toList());
          for (Map.Entry<Pool, List<PooledCase>> each : needy.entrySet()) {
            PoolView view = reader.view(each.getKey(), seen, sources);
            memory.learn(view, shown);
            List<PooledCase> left = withoutSettled(each.getValue(), all, view);
            seated.putAll(maker.make(left, view, all, budget, deadline));
          }
        }
      }
    }

    /** Takes out those that need no seat; answers the others. */
    private List<PooledCase> withoutSettled(
        List<PooledCase> cases, Map<InterfaceId, List<Session>> sessions, PoolView view) {
      Set<TargetId> acceptable = view.living().keySet();
      List<PooledCase> left = new ArrayList<>();
      for (PooledCase each : cases) {
        List<Session> existing = sessions.getOrDefault(each.source(), List.of());
        switch (Planner.standing(each.candidate(), acceptable, existing, ownership)) {
          case Standing.Final ignored ->
              put(each, new Seated.At(MirrorTarget.NOT_MADE_YET, acceptable, existing));
          case Standing.Ours(Session ours) -> {
            if (acceptable.contains(ours.target())) {
              put(each, new Seated.At(ours.target(), acceptable, existing));
            } else if (reader.mayLive(ours.target(), view.pool(), seen)
                && !memory.isUnseenForLong(ours.target())) {
              put(each, new Seated.Not(SeatMaker.settles(each, ours)));
            } else {
              left.add(each);
            }
          }
          case Standing.None ignored -> left.add(each);
        }
      }
      return left;
    }

    private void put(PooledCase each, Seated value) {
      seated.put(each.look().instance(), value);
    }
  }

  /** Two reads show two moments: what either of them shows is there, or was a moment ago. */
  private static Map<InterfaceId, List<Session>> merged(
      Map<InterfaceId, List<Session>> sessions, List<Session> more) {
    Map<InterfaceId, List<Session>> all = new HashMap<>();
    sessions.forEach((source, some) -> all.put(source, new ArrayList<>(some)));
    for (Session session : more) {
      List<Session> known = all.computeIfAbsent(session.source(), source -> new ArrayList<>());
      if (known.stream().noneMatch(each -> each.id().equals(session.id()))) {
        known.add(session);
      }
    }
    return all;
  }
}
