package io.trafficmirror.mirror;

import static io.trafficmirror.mirror.Fixtures.FILTER;
import static io.trafficmirror.mirror.Fixtures.MIRROR_ON;
import static io.trafficmirror.mirror.Fixtures.NOW;
import static io.trafficmirror.mirror.Fixtures.OURS;
import static io.trafficmirror.mirror.Fixtures.SCOPE;
import static io.trafficmirror.mirror.Fixtures.TARGET;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A model of a fleet with its sessions and pools in EC2. The policy has a fixed target for one half
 * of the fleet and targets on demand for the other. Plans can be applied to it, and reads return
 * every change at once. Not safe for use by several threads.
 */
final class FleetModel {

  /**
   * Instances with this tag go to targets on demand; those with {@link Fixtures#MIRROR_ON} go to
   * the fixed target.
   */
  private static final Map<String, String> POOLED = Map.of("mirror", "pool");

  private static final PolicySet POLICY =
      new PolicySet(List.of(entry("on", Fixtures.fixed(100)), entry("pool", Fixtures.onDemand())));

  private static final List<InstanceState> STATES = List.of(InstanceState.values());

  private final List<Instance> instances = new ArrayList<>();
  private final Map<InterfaceId, List<Session>> sessions = new LinkedHashMap<>();
  private final List<PoolMember> members = new ArrayList<>();
  private final List<MirrorTarget> targets = new ArrayList<>();
  private int made;

  private static Entry entry(String value, DesiredSession desired) {
    return new Entry(new Selector.ByTags(List.of(new Selector.Tag("mirror", value))), desired);
  }

  /**
   * A random fleet. Some instances match no entry or are not running; some have up to three
   * sessions, ours or foreign, correct or not; some pool members have no target or have ended.
   */
  static FleetModel random(Random random) {
    FleetModel fleet = new FleetModel();
    fleet.addPool(random);
    int size = 1 + random.nextInt(40);
    for (int n = 1; n <= size; n++) {
      fleet.addInstance(n, random);
    }
    return fleet;
  }

  private void addPool(Random random) {
    List<Pool> pools = List.of(pool(1), pool(2));
    for (Pool pool : pools) {
      for (int number = random.nextInt(4); number > 0; number--) {
        InstanceState state = STATES.get(random.nextInt(STATES.size()));
        PoolMember member = Fixtures.member(pool, number - 1, state);
        members.add(member);
        if (random.nextBoolean()) {
          targets.add(Fixtures.targetOf(member));
        }
      }
    }
  }

  /** The pool of sources in the n-th of two subnets. */
  private static Pool pool(int n) {
    return new Pool("prod", "t3.micro", "ami-1", List.of("sg-1"), subnet(n));
  }

  private static SubnetId subnet(int n) {
    return new SubnetId("subnet-" + n);
  }

  private void addInstance(int n, Random random) {
    Map<String, String> tags =
        switch (random.nextInt(8)) {
          case 0 -> Map.of();
          case 1, 2, 3 -> MIRROR_ON;
          default -> POOLED;
        };
    InstanceState state = random.nextInt(8) == 0 ? InstanceState.STOPPED : InstanceState.RUNNING;
    InterfaceId primary = new InterfaceId("eni-" + n);
    instances.add(
        new Instance(
            new InstanceId("i-" + n),
            state,
            "m5.large",
            tags,
            Optional.of(subnet(1 + random.nextInt(2))),
            Optional.empty(),
            List.of(Fixtures.networkInterface(primary.value(), 0, 0))));
    Set<Integer> numbers = new HashSet<>();
    for (int count = random.nextInt(4); count > 0; count--) {
      int number = List.of(1, 2, 100, 101, 32_766).get(random.nextInt(5));
      if (numbers.add(number)) {
        sessions
            .computeIfAbsent(primary, eni -> new ArrayList<>())
            .add(
                new Session(
                    nextSession(),
                    primary,
                    anyTarget(random),
                    random.nextInt(3) == 0 ? new FilterId("tmf-old") : FILTER,
                    number,
                    Fixtures.owner(List.of("prod", "other", "").get(random.nextInt(3)))));
      }
    }
  }

  /** The policy's fixed target, a pool target, or one that does not exist. */
  private TargetId anyTarget(Random random) {
    int chosen = random.nextInt(targets.size() + 2);
    return chosen < targets.size()
        ? targets.get(chosen).id()
        : chosen == targets.size() ? TARGET : new TargetId("tmt-old");
  }

  private SessionId nextSession() {
    made++;
    return new SessionId("tms-" + made);
  }

  /** All sessions of the fleet. */
  List<Session> sessions() {
    return sessions.values().stream().flatMap(List::stream).toList();
  }

  /** The sessions by interface. */
  Map<InterfaceId, List<Session>> sessionsByInterface() {
    Map<InterfaceId, List<Session>> copy = new LinkedHashMap<>();
    sessions.forEach((eni, all) -> copy.put(eni, List.copyOf(all)));
    return copy;
  }

  /** The sources of each target, derived from the sessions. */
  Map<TargetId, Set<InterfaceId>> sourcesOfTargets() {
    Map<TargetId, Set<InterfaceId>> sources = new HashMap<>();
    for (Session session : sessions()) {
      sources.computeIfAbsent(session.target(), id -> new HashSet<>()).add(session.source());
    }
    return sources;
  }

  /** The ids of the pool targets. */
  Set<TargetId> pooledTargets() {
    Set<TargetId> ids = new HashSet<>();
    targets.forEach(target -> ids.add(target.id()));
    return ids;
  }

  /** The inventory of a consumer that has not found the missing targets for some time. */
  PoolInventory pools() {
    Map<TargetId, Instant> unseenSince = new HashMap<>();
    sourcesOfTargets().keySet().forEach(id -> unseenSince.put(id, NOW.minusSeconds(3_600)));
    return new Fixtures.Pools()
        .members(members.toArray(PoolMember[]::new))
        .targets(targets.toArray(MirrorTarget[]::new))
        .usedBy(sourcesOfTargets())
        .unseenSince(unseenSince)
        .inventory();
  }

  /** The state of every instance, with the sessions of each interface in reverse order. */
  List<SessionState> statesInReverseReadOrder() {
    Map<InterfaceId, List<Session>> backwards = new HashMap<>();
    sessions.forEach((eni, all) -> backwards.put(eni, all.reversed()));
    return states(backwards);
  }

  /** The state of every instance. */
  List<SessionState> states() {
    return states(sessions);
  }

  private List<SessionState> states(Map<InterfaceId, List<Session>> read) {
    Set<InterfaceId> targetInterfaces = new HashSet<>();
    targets.forEach(target -> target.networkInterface().ifPresent(targetInterfaces::add));
    return Assessment.of(
            new Observation(SCOPE, instances, targetInterfaces, read, pools()), POLICY, OURS, NOW)
        .stream()
        .map(Assessment.Row::state)
        .toList();
  }

  /** Applies a plan as EC2 would. */
  void apply(Plan plan) {
    Map<TargetRef, TargetId> planned = new HashMap<>();
    for (Action.OnTarget action : plan.targets()) {
      switch (action) {
        case Action.LaunchTarget launch ->
            members.add(
                new PoolMember(
                    new InstanceId("i-" + launch.slot().pool() + "-" + launch.slot().number()),
                    InstanceState.PENDING,
                    launch.pool().instanceType(),
                    launch.slot().pool(),
                    Optional.of(launch.slot()),
                    Optional.of(launchedInterface(launch.slot())),
                    Optional.of(NOW)));
        case Action.CreateTarget create -> {
          InterfaceId eni =
              create.networkInterface().orElseGet(() -> launchedInterface(create.slot()));
          TargetId id = new TargetId("tmt-of-" + eni.value());
          planned.put(create.planned(), id);
          targets.add(new MirrorTarget(id, Optional.of(eni), OURS.slotTags(create.slot())));
        }
        case Action.TagTarget tag ->
            throw new AssertionError("the planner does not plan this: " + tag);
        case Action.DeleteTarget delete ->
            throw new AssertionError("the planner does not plan this: " + delete);
        case Action.TerminateTarget end ->
            throw new AssertionError("the planner does not plan this: " + end);
      }
    }
    for (Action.Mirroring action : plan.sessions()) {
      apply(
          action.target() instanceof TargetRef.Planned made
              ? action.withTarget(id(made, planned))
              : action);
    }
  }

  private static InterfaceId launchedInterface(Slot slot) {
    return new InterfaceId("eni-%s-%d-%d".formatted(slot.pool(), slot.number(), slot.generation()));
  }

  private static TargetId id(TargetRef.Planned made, Map<TargetRef, TargetId> planned) {
    return Optional.ofNullable(planned.get(made))
        .orElseThrow(() -> new AssertionError("no action creates " + made));
  }

  private void apply(Action.Mirroring action) {
    List<Session> on =
        sessions.computeIfAbsent(action.source().networkInterface(), eni -> new ArrayList<>());
    switch (action) {
      case Action.CreateSession create ->
          on.add(
              new Session(
                  nextSession(),
                  create.source().networkInterface(),
                  create.targetId(),
                  create.filter(),
                  create.number(),
                  OURS.sessionTags(create.entry(), create.source().instance(), Trigger.LAUNCH)));
      case Action.ModifySession modify ->
          on.replaceAll(
              old ->
                  old.id().equals(modify.session())
                      ? new Session(
                          old.id(),
                          old.source(),
                          modify.targetId(),
                          modify.filter(),
                          old.number(),
                          old.tags())
                      : old);
    }
  }
}
