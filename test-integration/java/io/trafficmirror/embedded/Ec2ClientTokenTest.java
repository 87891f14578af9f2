package io.trafficmirror.embedded;

import static io.trafficmirror.embedded.Ec2World.eni;
import static io.trafficmirror.embedded.Ec2World.errorOf;
import static io.trafficmirror.embedded.Ec2World.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.CreateTrafficMirrorSessionRequest;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;

final class Ec2ClientTokenTest {

  private final Ec2World world = new Ec2World().running(1).running(2);

  @Test
  void replayReturnsTheOriginalSessionAndCreatesNothing() {
    var first = world.client.createTrafficMirrorSession(request("t"));
    var second = world.client.createTrafficMirrorSession(request("t"));

    assertThat(second.trafficMirrorSession()).isEqualTo(first.trafficMirrorSession());
    assertThat(second.clientToken()).isEqualTo("t");
    assertThat(world.ec2.sessions()).hasSize(1);
  }

  @Test
  void rejectsADifferentRequestWithTheSameToken() {
    world.client.createTrafficMirrorSession(request("t"));

    assertThatThrownBy(
            () ->
                world.client.createTrafficMirrorSession(
                    request("t").toBuilder().description("other").build()))
        .hasMessageContaining(
            "Arguments on this idempotent request are inconsistent with arguments used in previous"
                + " request(s).");
    assertThat(
            errorOf(
                () ->
                    world.client.createTrafficMirrorSession(
                        request("t").toBuilder().sessionNumber(7).build())))
        .isEqualTo("400 IdempotentParameterMismatch");
  }

  @Test
  void scopesTokensToOneActionAndIsCaseSensitive() {
    world.client.createTrafficMirrorSession(request("t"));

    assertThat(
            errorOf(
                () ->
                    world.client.createTrafficMirrorTarget(
                        r -> r.networkInterfaceId(eni(2)).clientToken("t"))))
        .isEqualTo("none");
    assertThat(
            errorOf(
                () ->
                    world.client.createTrafficMirrorSession(
                        request("T").toBuilder().sessionNumber(7).build())))
        .isEqualTo("none");
  }

  @Test
  void aFailedCreateDoesNotUseTheToken() {
    world.client.createTrafficMirrorSession(session(eni(1)).build());
    assertThat(errorOf(() -> world.client.createTrafficMirrorSession(request("t"))))
        .isEqualTo("400 InvalidParameterValue");

    assertThat(
            errorOf(
                () ->
                    world.client.createTrafficMirrorSession(
                        request("t").toBuilder().sessionNumber(7).build())))
        .isEqualTo("none");
  }

  @Test
  void tokenOfADeletedSessionCreatesANewOne() {
    String first = create();
    world.client.deleteTrafficMirrorSession(r -> r.trafficMirrorSessionId(first));

    assertThat(create()).isNotEqualTo(first);
    assertThat(world.ec2.sessions()).hasSize(1);
  }

  private String create() {
    return world
        .client
        .createTrafficMirrorSession(request("t"))
        .trafficMirrorSession()
        .trafficMirrorSessionId();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0123456789012345678901234567890123456789012345678901234567890123 ", "t\u00F6ken"})
  void acceptsOnlyTokensOfUpTo64AsciiCharacters(String token) {
    assertThat(errorOf(() -> world.client.createTrafficMirrorSession(request(token))))
        .isEqualTo("400 InvalidParameterValue");
    assertThat(errorOf(() -> world.client.createTrafficMirrorSession(request("t".repeat(64)))))
        .isEqualTo("none");
  }

  @Test
  void replayedLaunchReturnsTheSameInstances() {
    RunInstancesResponse first = launch("t", 2);
    RunInstancesResponse second = launch("t", 2);

    assertThat(second.reservationId()).isEqualTo(first.reservationId());
    assertThat(second.instances())
        .extracting(Instance::instanceId)
        .isEqualTo(first.instances().stream().map(Instance::instanceId).toList());
    assertThat(world.find("client-token", "t")).hasSize(2);
    assertThat(errorOf(() -> launch("t", 3))).isEqualTo("400 IdempotentParameterMismatch");
  }

  @Test
  void rejectsTheTokenOfATerminatedInstance() {
    String id = launch("t", 1).instances().getFirst().instanceId();
    world.client.terminateInstances(r -> r.instanceIds(id));

    assertThat(errorOf(() -> launch("t", 1))).isEqualTo("400 IdempotentInstanceTerminated");
  }

  @Test
  void remembersATokenForItsConfiguredLifetime() {
    Ec2World forgetful =
        new Ec2World(Ec2Options.defaults().withClientTokenLife(Duration.ofMinutes(5)));
    RunInstancesRequest request = Ec2InstanceTest.launch(1).toBuilder().clientToken("t").build();
    forgetful.client.runInstances(request);
    forgetful.advance(Duration.ofMinutes(3));
    forgetful.client.runInstances(request);
    forgetful.advance(Duration.ofMinutes(2));
    forgetful.client.runInstances(request);

    assertThat(forgetful.ec2.instanceIds()).hasSize(1);
    forgetful.advance(Duration.ofMillis(1));
    forgetful.client.runInstances(request);
    assertThat(forgetful.ec2.instanceIds()).hasSize(2);
    forgetful.ec2.forgetClientTokens();
    forgetful.client.runInstances(request);
    assertThat(forgetful.ec2.instanceIds()).hasSize(3);
  }

  @Test
  void scopesLaunchTokensToTheAvailabilityZone() {
    world.ec2.putSubnet("subnet-b", Ec2World.VPC, "us-east-1b");
    world.ec2.putSubnet("subnet-c", Ec2World.VPC, "us-east-1a");
    launch("t", 1);

    assertThat(errorOf(() -> launchIn("subnet-b"))).isEqualTo("none");
    assertThat(errorOf(() -> launchIn("subnet-c"))).isEqualTo("400 IdempotentParameterMismatch");
    assertThat(world.find("client-token", "t")).hasSize(2);
  }

  private void launchIn(String subnet) {
    world.client.runInstances(
        Ec2InstanceTest.launch(1).toBuilder().clientToken("t").subnetId(subnet).build());
  }

  private RunInstancesResponse launch(String token, int count) {
    return world.client.runInstances(
        Ec2InstanceTest.launch(count).toBuilder().clientToken(token).build());
  }

  private static CreateTrafficMirrorSessionRequest request(String token) {
    return session(eni(1)).clientToken(token).build();
  }
}
