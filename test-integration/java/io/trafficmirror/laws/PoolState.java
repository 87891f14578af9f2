package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.InstanceView;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.embedded.TargetView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** What there is in embedded EC2 after the consumers have been at it, and what must hold of it. */
final class PoolState {

  private final List<InstanceView> instances;
  private final Map<String, InstanceView> instanceOfTarget = new HashMap<>();
  private final List<TargetView> targets;
  private final List<SessionView> sessions;

  private PoolState(EmbeddedEc2 ec2) {
    List<InstanceView> up =
        ec2.instances().stream()
            .filter(i -> Set.of("pending", "running").contains(i.state()))
            .toList();
    this.instances = up.stream().filter(i -> PoolBystanders.isOurs(i.tags())).toList();
    this.targets = ec2.targets().stream().filter(t -> PoolBystanders.isOurs(t.tags())).toList();
    this.sessions = ec2.sessions().stream().filter(s -> PoolBystanders.isOurs(s.tags())).toList();
    Map<String, InstanceView> byInterface = new HashMap<>();
    up.forEach(i -> i.primaryInterface().ifPresent(eni -> byInterface.put(eni.interfaceId(), i)));
    ec2.targets()
        .forEach(
            target ->
                target
                    .interfaceId()
                    .map(byInterface::get)
                    .ifPresent(instance -> instanceOfTarget.put(target.targetId(), instance)));
  }

  static PoolState of(World world) {
    return new PoolState(world.aws.ec2());
  }

  /** The target instances that are up, by pool as the launch was, not as the tags say. */
  Map<String, Integer> launched() {
    Map<String, Integer> launched = new TreeMap<>();
    instances.forEach(instance -> launched.merge(poolOf(instance), 1, Integer::sum));
    return launched;
  }

  int instances() {
    return instances.size();
  }

  static String poolOf(InstanceView instance) {
    return "%s %s %s %s"
        .formatted(
            instance.type(),
            instance.launch().imageId().orElse("none"),
            instance.primaryInterface().orElseThrow().securityGroupIds().stream().sorted().toList(),
            instance.subnetId().orElseThrow());
  }

  /** Everybody who can be is mirrored once, to a target of the right pool, and nobody else is. */
  void everybodyIsMirrored(PoolFleet fleet) {
    Map<String, SessionView> bySource = new HashMap<>();
    for (SessionView session : sessions) {
      assertThat(bySource.put(session.interfaceId(), session))
          .as("a second session of %s", session)
          .isNull();
    }
    for (PoolFleet.Member member : fleet.members()) {
      SessionView session = bySource.remove(member.primary());
      if (!member.mirrorable()) {
        assertThat(session).as("%s cannot be mirrored", member).isNull();
        continue;
      }
      assertThat(session).as("%s is mirrored", member).isNotNull();
      assertThat(session.filterId()).as("%s", member).isEqualTo(member.kind().filter);
      assertThat(session.number()).as("%s", member).isEqualTo(member.kind().number);
      assertThat(instanceOfTarget)
          .as("%s is mirrored to a target that is up: %s", member, session)
          .containsKey(session.targetId());
      InstanceView target = Objects.requireNonNull(instanceOfTarget.get(session.targetId()));
      assertThat(poolOf(target)).as("%s", member).isEqualTo(member.kind().pool);
      assertThat(PoolBystanders.isOurs(target.tags()))
          .as("%s has a target of ours", member)
          .isTrue();
    }
    assertThat(bySource).as("sessions of nobody in the fleet").isEmpty();
  }

  /** Every target instance has its target and every target its instance. */
  void nothingIsHalfMade() {
    Set<String> withTarget = new HashSet<>();
    for (TargetView target : targets) {
      assertThat(instanceOfTarget).as("the instance of %s", target).containsKey(target.targetId());
      InstanceView instance = Objects.requireNonNull(instanceOfTarget.get(target.targetId()));
      withTarget.add(instance.instanceId());
    }
    assertThat(instances)
        .as("instances of ours")
        .allMatch(i -> withTarget.contains(i.instanceId()));
  }

  /** No target is there for nobody. */
  void nothingIsUnused() {
    Set<String> used = new HashSet<>();
    sessions.forEach(session -> used.add(session.targetId()));
    assertThat(targets).as("targets of ours").allMatch(target -> used.contains(target.targetId()));
  }
}
