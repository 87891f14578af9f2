package io.trafficmirror.embedded;

import static io.trafficmirror.embedded.Ec2World.SUBNET;
import static io.trafficmirror.embedded.Ec2World.eni;
import static io.trafficmirror.embedded.Ec2World.errorOf;
import static io.trafficmirror.embedded.Ec2World.filter;
import static io.trafficmirror.embedded.Ec2World.instance;
import static io.trafficmirror.embedded.Ec2World.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;

/** Lagging reads, while writes apply to the current state. */
final class Ec2ReadLagTest {

  private final Ec2World world = new Ec2World();

  @Test
  void showsSeededResourcesImmediatelyAndNewOnesAfterTheLag() {
    world.running(1);
    world.ec2.readLag(Duration.ofSeconds(5));
    world.client.createTrafficMirrorSession(session(eni(1)).build());

    assertThat(world.find("instance-id", instance(1))).hasSize(1);
    assertThat(sessions()).isEmpty();
    assertThat(world.ec2.sessions()).hasSize(1);
    world.advance(Duration.ofSeconds(4));
    assertThat(sessions()).isEmpty();
    world.advance(Duration.ofSeconds(1));
    assertThat(sessions()).hasSize(1);
  }

  @Test
  void writesApplyToWhatReadsDoNotYetShow() {
    world.running(1);
    world.ec2.readLag(Duration.ofSeconds(5));
    String id =
        world
            .client
            .createTrafficMirrorSession(session(eni(1)).build())
            .trafficMirrorSession()
            .trafficMirrorSessionId();

    assertThat(errorOf(() -> world.client.createTrafficMirrorSession(session(eni(1)).build())))
        .isEqualTo("400 InvalidParameterValue");
    assertThat(
            errorOf(
                () ->
                    world.client.describeTrafficMirrorSessions(r -> r.trafficMirrorSessionIds(id))))
        .isEqualTo("400 InvalidTrafficMirrorSessionId.NotFound");
    assertThat(
            errorOf(
                () -> world.client.deleteTrafficMirrorSession(r -> r.trafficMirrorSessionId(id))))
        .isEqualTo("none");
  }

  @Test
  void showsADeletedSessionUntilTheLagHasPassed() {
    world.running(1);
    world.client.createTrafficMirrorSession(session(eni(1)).build());
    world.advance(Duration.ofMinutes(1));
    world.ec2.readLag(Duration.ofSeconds(5));
    world.ec2.setState(instance(1), "terminated");

    assertThat(sessions()).hasSize(1);
    assertThat(world.find("instance-state-name", "running")).containsExactly(instance(1));
    assertThat(world.find("network-interface.network-interface-id", eni(1)))
        .containsExactly(instance(1));
    world.advance(Duration.ofSeconds(5));
    assertThat(sessions()).isEmpty();
    assertThat(world.find("instance-state-name", "terminated")).containsExactly(instance(1));
  }

  @Test
  void showsAModifiedSessionUnchangedUntilTheLagHasPassed() {
    world.running(1);
    String id =
        world
            .client
            .createTrafficMirrorSession(session(eni(1)).build())
            .trafficMirrorSession()
            .trafficMirrorSessionId();
    world.advance(Duration.ofMinutes(1));
    world.ec2.readLag(Duration.ofSeconds(5));
    world.client.modifyTrafficMirrorSession(r -> r.trafficMirrorSessionId(id).sessionNumber(7));

    assertThat(sessions()).extracting(TrafficMirrorSession::sessionNumber).containsExactly(100);
    world.advance(Duration.ofSeconds(5));
    assertThat(sessions()).extracting(TrafficMirrorSession::sessionNumber).containsExactly(7);
  }

  @Test
  void doesNotShowANewInstanceYet() {
    world.ec2.readLag(Duration.ofSeconds(5));
    String id =
        world.client.runInstances(Ec2InstanceTest.launch(1)).instances().getFirst().instanceId();

    assertThat(errorOf(() -> world.describe(r -> r.instanceIds(id))))
        .isEqualTo("400 InvalidInstanceID.NotFound");
    world.ec2.readLag(Duration.ZERO);
    assertThat(world.describe(r -> r.instanceIds(id))).hasSize(1);
  }

  @Test
  void showsANewTargetAfterTheLag() {
    world.running(1);
    world.ec2.readLag(Duration.ofSeconds(5));
    String id =
        world
            .client
            .createTrafficMirrorTarget(r -> r.networkInterfaceId(eni(1)))
            .trafficMirrorTarget()
            .trafficMirrorTargetId();

    assertThat(targets(eni(1))).isEmpty();
    world.advance(Duration.ofSeconds(5));
    assertThat(targets(eni(1))).containsExactly(id);
  }

  @Test
  void eachReadDrawsItsOwnLag() {
    world.running(1);
    world.ec2.readLag(Duration.ZERO, Duration.ofSeconds(10));
    world.client.createTrafficMirrorSession(session(eni(1)).build());
    world.advance(Duration.ofSeconds(5));
    Set<Integer> seen = new HashSet<>();
    int wentBack = 0;
    int before = 0;
    for (int read = 0; read < 100; read++) {
      int now = sessions().size();
      wentBack += now < before ? 1 : 0;
      before = now;
      seen.add(now);
    }

    assertThat(seen).containsExactlyInAnyOrder(0, 1);
    assertThat(wentBack).as("reads of an earlier state than the read before").isPositive();
    world.advance(Duration.ofSeconds(5));
    for (int read = 0; read < 100; read++) {
      assertThat(sessions()).hasSize(1);
    }
  }

  @Test
  void theCurrentStateIsCorrectAfterOldHistoryIsDropped() {
    world.running(1);
    for (int n = 0; n < 50; n++) {
      String id =
          world
              .client
              .createTrafficMirrorSession(session(eni(1)).build())
              .trafficMirrorSession()
              .trafficMirrorSessionId();
      world.advance(Duration.ofMinutes(10));
      world.client.deleteTrafficMirrorSession(r -> r.trafficMirrorSessionId(id));
    }

    assertThat(sessions()).isEmpty();
    assertThat(world.client.createTrafficMirrorSession(session(eni(1)).build())).isNotNull();
    assertThat(sessions()).hasSize(1);
  }

  @Test
  void rejectsALagOutOfRange() {
    assertThatThrownBy(() -> world.ec2.readLag(Duration.ofMinutes(16)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> world.ec2.readLag(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> world.ec2.readLag(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(world.find("subnet-id", SUBNET)).isEmpty();
  }

  private List<TrafficMirrorSession> sessions() {
    return world
        .client
        .describeTrafficMirrorSessions(r -> r.filters(filter("network-interface-id", eni(1))))
        .trafficMirrorSessions();
  }

  private List<String> targets(String interfaceId) {
    return world
        .client
        .describeTrafficMirrorTargets(r -> r.filters(filter("network-interface-id", interfaceId)))
        .trafficMirrorTargets()
        .stream()
        .map(target -> target.trafficMirrorTargetId())
        .toList();
  }
}
