package io.trafficmirror.mirror;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** An instance, a policy and a pool for the tests of this package. */
final class Fixtures {

  static final Scope SCOPE = new Scope("111122223333", "us-east-1");
  static final Ownership OURS = new Ownership("prod");
  static final InstanceId INSTANCE_ID = new InstanceId("i-1");
  static final InterfaceId PRIMARY = new InterfaceId("eni-1");
  static final Source SOURCE = new Source(SCOPE, INSTANCE_ID, PRIMARY);
  static final TargetId TARGET = new TargetId("tmt-1");
  static final TargetId OTHER_TARGET = new TargetId("tmt-9");
  static final FilterId FILTER = new FilterId("tmf-1");
  static final FilterId OTHER_FILTER = new FilterId("tmf-9");
  static final SubnetId SUBNET = new SubnetId("subnet-1");
  static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  static final Map<String, String> MIRROR_ON = Map.of("mirror", "on");

  /** The pool of {@link #onDemand()} in {@link #SUBNET}; each of its targets takes ten sources. */
  static final Pool POOL = new Pool("prod", "t3.micro", "ami-1", List.of("sg-1"), SUBNET);

  private Fixtures() {}

  /** A policy with one entry, for instances with the tag {@code mirror=on}. */
  static PolicySet policy(DesiredSession desired) {
    return new PolicySet(
        List.of(
            new Entry(new Selector.ByTags(List.of(new Selector.Tag("mirror", "on"))), desired)));
  }

  /** A session to {@link #TARGET} with {@link #FILTER}. */
  static DesiredSession fixed(int number) {
    return new DesiredSession("tags[0]", new Destination.Fixed(TARGET), FILTER, number);
  }

  /** A session to a pool in the source's subnet, with {@link #FILTER}. */
  static DesiredSession onDemand() {
    return new DesiredSession(
        "tags[0]",
        new Destination.OnDemand(
            new LaunchSpecification("t3.micro", "ami-1", List.of("sg-1"), Optional.empty())),
        FILTER,
        100);
  }

  /** An instance that the policy selects. */
  static Instance running() {
    return instanceIn(InstanceState.RUNNING, MIRROR_ON, primary());
  }

  static Instance instanceIn(
      InstanceState state, Map<String, String> tags, NetworkInterface... interfaces) {
    return new Instance(
        INSTANCE_ID,
        state,
        "m5.large",
        tags,
        Optional.of(SUBNET),
        Optional.empty(),
        List.of(interfaces));
  }

  static NetworkInterface primary() {
    return networkInterface(PRIMARY.value(), 0, 0);
  }

  static NetworkInterface networkInterface(String id, int deviceIndex, int card) {
    return new NetworkInterface(
        new InterfaceId(id), OptionalInt.of(deviceIndex), card, Optional.empty(), Optional.empty());
  }

  /** The wanted session of the n-th instance of a fleet, to any target of a pool. */
  static WantedSession toPool(Pool pool, int n) {
    return wanted(n, new WantedSession.Aim.AnyOf(pool));
  }

  /** The wanted session of {@link #running()}. */
  static WantedSession toTarget() {
    return wanted(1, new WantedSession.Aim.Target(TARGET));
  }

  private static WantedSession wanted(int n, WantedSession.Aim aim) {
    return new WantedSession(
        source(n),
        new Instance(
            new InstanceId("i-" + n),
            InstanceState.RUNNING,
            "m5.large",
            MIRROR_ON,
            Optional.of(SUBNET),
            Optional.empty(),
            List.of(networkInterface("eni-" + n, 0, 0))),
        "tags[0]",
        aim,
        FILTER,
        100);
  }

  static Source source(int n) {
    return new Source(SCOPE, new InstanceId("i-" + n), new InterfaceId("eni-" + n));
  }

  /** A session on {@link #PRIMARY}; an empty deployment means that it is unclaimed. */
  static Session session(
      String id, int number, TargetId target, FilterId filter, String deployment) {
    return new Session(new SessionId(id), PRIMARY, target, filter, number, owner(deployment));
  }

  /** The deployment tag of this deployment; no tags if it is empty. */
  static Map<String, String> owner(String deployment) {
    return deployment.isEmpty() ? Map.of() : Map.of(Ownership.DEPLOYMENT_TAG, deployment);
  }

  /** The instance in a slot of a pool, launched just now. */
  static PoolMember member(Pool pool, int number, InstanceState state) {
    String name = pool.subnet().value() + "-" + number;
    return new PoolMember(
        new InstanceId("i-" + name),
        state,
        pool.instanceType(),
        pool.digest(),
        Optional.of(new Slot(pool.digest(), number, 0)),
        Optional.of(new InterfaceId("eni-" + name)),
        Optional.of(NOW));
  }

  /** The target on a member's interface. */
  static MirrorTarget targetOf(PoolMember member) {
    return new MirrorTarget(
        new TargetId("tmt-" + member.id().value().substring(2)),
        member.primary(),
        OURS.slotTags(member.slot().orElseThrow()));
  }

  /** Builds a {@link PoolInventory}; initially empty. */
  static final class Pools {
    private List<PoolMember> members = List.of();
    private List<MirrorTarget> targets = List.of();
    private Map<TargetId, Set<InterfaceId>> sources = Map.of();
    private Set<TargetId> gone = Set.of();
    private Map<TargetId, Instant> unseenSince = Map.of();

    Pools members(PoolMember... all) {
      members = List.of(all);
      return this;
    }

    Pools targets(MirrorTarget... all) {
      targets = List.of(all);
      return this;
    }

    /** Sets the sources of each target. */
    Pools usedBy(Map<TargetId, Set<InterfaceId>> all) {
      sources = all;
      return this;
    }

    Pools gone(TargetId... all) {
      gone = Set.of(all);
      return this;
    }

    Pools unseenSince(Map<TargetId, Instant> all) {
      unseenSince = all;
      return this;
    }

    PoolInventory inventory() {
      Map<InterfaceId, MirrorTarget> usable = new HashMap<>();
      targets.stream()
          .filter(target -> OURS.owns(target.tags()) || OURS.isUnclaimed(target.tags()))
          .forEach(target -> target.networkInterface().ifPresent(eni -> usable.put(eni, target)));
      return new PoolInventory(
          members,
          targets,
          usable,
          sources,
          Set.of(),
          Set.of(),
          gone,
          unseenSince,
          NOW.minusSeconds(600));
    }
  }
}
