package io.trafficmirror.embedded;

import static io.trafficmirror.embedded.Ec2World.eni;
import static io.trafficmirror.embedded.Ec2World.errorOf;
import static io.trafficmirror.embedded.Ec2World.instance;
import static io.trafficmirror.embedded.Ec2World.session;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Expiry of old data, for long runs. */
final class ExpiryTest {

  private static final String STREAM = "events";

  private final MovableClock clock = MovableClock.atNoon();
  private final EmbeddedAws aws =
      EmbeddedAws.inProcess(EmbeddedOptions.defaults().withClock(clock));
  private final ScriptedFunction function = new ScriptedFunction();

  @Test
  void aMappingContinuesAfterExpiredRecords() {
    EventSourceMapping mapping = mapping();
    put("old");
    mapping.drain(10);
    clock.move(Duration.ofMinutes(10));
    put("young");
    aws.kinesis().forgetBefore(STREAM, clock.instant());
    assertThat(aws.kinesis().records(STREAM))
        .singleElement()
        .extracting("partitionKey")
        .isEqualTo("young");
    assertThat(aws.kinesis().count(STREAM)).isEqualTo(2);
    assertThat(mapping.idle()).isFalse();
    mapping.drain(10);
    assertThat(function.batches()).containsExactly(List.of("old"), List.of("young"));
    assertThat(mapping.idle()).isTrue();
  }

  @Test
  void neverDeliversRecordsThatExpireBeforeTheyAreRead() {
    EventSourceMapping mapping = mapping();
    put("old");
    clock.move(Duration.ofMinutes(10));
    aws.kinesis().forgetBefore(STREAM, clock.instant());
    put("young");
    mapping.drain(10);
    assertThat(function.batches()).containsExactly(List.of("young"));
    assertThat(mapping.idle()).isTrue();
  }

  @Test
  void takingDeliveriesClearsThem() {
    EventSourceMapping mapping = mapping();
    put("first");
    mapping.drain(10);
    assertThat(mapping.takeDeliveries()).hasSize(1);
    assertThat(mapping.takeDeliveries()).isEmpty();
    put("second");
    mapping.drain(10);
    assertThat(mapping.deliveries()).hasSize(1);
  }

  @Test
  void hidesOnlyInstancesTerminatedForLongerThanTheLimit() {
    Ec2World world = new Ec2World().running(1).running(2).running(3);
    world.ec2.setState(instance(1), "terminated");
    world.advance(Duration.ofMinutes(6));
    world.ec2.setState(instance(2), "terminated");
    world.ec2.forgetTerminated(Duration.ofMinutes(5));
    assertThat(world.describe(request -> {}).stream().map(Instance::instanceId))
        .containsExactlyInAnyOrder(instance(2), instance(3));
  }

  @Test
  void anExpiredClientTokenIsForgottenAndAnotherIsNot() {
    Ec2World world =
        new Ec2World(Ec2Options.defaults().withClientTokenLife(Duration.ofMinutes(10)))
            .running(1)
            .running(2);
    world.client.createTrafficMirrorSession(session(eni(1)).clientToken("one").build());
    world.advance(Duration.ofMinutes(11));
    world.client.createTrafficMirrorSession(session(eni(2)).clientToken("two").build());
    assertThat(
            errorOf(
                () ->
                    world.client.createTrafficMirrorSession(
                        session(eni(1)).clientToken("one").build())))
        .as("the session exists, but the token has expired")
        .isNotEqualTo("none");
    assertThat(
            world
                .client
                .createTrafficMirrorSession(session(eni(2)).clientToken("two").build())
                .trafficMirrorSession()
                .networkInterfaceId())
        .isEqualTo(eni(2));
  }

  @Test
  void removesATagAndKeepsTheOthers() {
    Ec2World world = new Ec2World();
    world.ec2.putInstance(
        InstanceSeed.running(instance(1), Ec2World.TYPE, Ec2World.SUBNET, eni(1))
            .withTags(Map.of("mirror", "on", "team", "a")));
    world.ec2.removeTag(instance(1), "mirror");
    assertThat(world.ec2.instances().getFirst().tags()).isEqualTo(Map.of("team", "a"));
  }

  private EventSourceMapping mapping() {
    aws.kinesis().createStream(STREAM, 1);
    return new EventSourceMapping(
        aws, STREAM, MappingSettings.defaults().withParallelizationFactor(1), function);
  }

  private void put(String text) {
    aws.kinesis().put(STREAM, text, text.getBytes(UTF_8));
  }
}
