package io.trafficmirror.embedded;

import static io.trafficmirror.embedded.Ec2World.FILTER;
import static io.trafficmirror.embedded.Ec2World.TARGET;
import static io.trafficmirror.embedded.Ec2World.eni;
import static io.trafficmirror.embedded.Ec2World.errorOf;
import static io.trafficmirror.embedded.Ec2World.filter;
import static io.trafficmirror.embedded.Ec2World.instance;
import static io.trafficmirror.embedded.Ec2World.session;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each undocumented behaviour, flipped. */
final class Ec2UnverifiedTest {

  private static final Unverified DEFAULTS = Unverified.defaults();

  @Test
  void variantsFlipEachBehaviourOnceAndAlone() throws ReflectiveOperationException {
    List<Map<String, Object>> variants = new ArrayList<>();
    for (Unverified variant : Unverified.variants()) {
      variants.add(behaviours(variant));
    }
    Map<String, Object> byDefault = behaviours(DEFAULTS);

    assertThat(variants.getFirst()).isEqualTo(byDefault);
    assertThat(variants).doesNotHaveDuplicates().hasSize(byDefault.size() + 1);
    byDefault.forEach(
        (name, value) ->
            assertThat(variants.stream().filter(variant -> !value.equals(variant.get(name))))
                .as(name)
                .hasSize(1));
    assertThat(byDefault).hasSizeGreaterThanOrEqualTo(10);
  }

  /** All behaviours by name, including those of targets. */
  private static Map<String, Object> behaviours(Record variant)
      throws ReflectiveOperationException {
    Map<String, Object> all = new HashMap<>();
    for (RecordComponent behaviour : variant.getClass().getRecordComponents()) {
      Object value = behaviour.getAccessor().invoke(variant);
      if (value instanceof UnverifiedTargets targets) {
        all.putAll(behaviours(targets));
      } else {
        all.put(behaviour.getName(), value);
      }
    }
    return all;
  }

  @Test
  void replayCanReturnADeletedTarget() {
    Ec2World byDefault = new Ec2World().running(1);
    Ec2World other =
        Ec2World.with(DEFAULTS.withTargets(new UnverifiedTargets(true, false, false))).running(1);

    for (Ec2World world : List.of(byDefault, other)) {
      String first = makeTarget(world);
      world.client.deleteTrafficMirrorTarget(r -> r.trafficMirrorTargetId(first));
      assertThat(makeTarget(world).equals(first)).isEqualTo(world == other);
      assertThat(world.ec2.targets()).hasSize(world == other ? 1 : 2);
    }
  }

  private static String makeTarget(Ec2World world) {
    return world
        .client
        .createTrafficMirrorTarget(r -> r.networkInterfaceId(eni(1)).clientToken("t"))
        .trafficMirrorTarget()
        .trafficMirrorTargetId();
  }

  @Test
  void canCheckTheTargetsQuotaBeforeTheSessionNumber() {
    Ec2World byDefault = full(DEFAULTS);
    Ec2World other = full(DEFAULTS.withTargets(new UnverifiedTargets(false, true, false)));
    for (Ec2World world : List.of(byDefault, other)) {
      world.ec2.putSession("tms-taken", eni(11), TARGET, FILTER, 100, Map.of());
    }

    assertThat(errorOf(() -> mirror(byDefault, 11, 100))).isEqualTo("400 InvalidParameterValue");
    assertThat(errorOf(() -> mirror(other, 11, 100)))
        .isEqualTo("400 TrafficMirrorSourcesPerTargetLimitExceeded");
  }

  @Test
  void canCountSessionsInsteadOfSourcesOnATarget() {
    Ec2World byDefault = full(DEFAULTS);
    Ec2World other = full(DEFAULTS.withTargets(new UnverifiedTargets(false, false, true)));

    assertThat(errorOf(() -> mirror(byDefault, 1, 7))).isEqualTo("none");
    assertThat(errorOf(() -> mirror(other, 1, 7)))
        .isEqualTo("400 TrafficMirrorSourcesPerTargetLimitExceeded");
  }

  /** A fixture whose target {@code tmt-full} has ten sources, and an eleventh instance. */
  private static Ec2World full(Unverified unverified) {
    Ec2World world = Ec2World.with(unverified);
    for (int n = 1; n <= 12; n++) {
      world.running(n);
    }
    world.ec2.putInterfaceTarget("tmt-full", eni(12));
    for (int n = 1; n <= 10; n++) {
      mirror(world, n, 100);
    }
    return world;
  }

  private static void mirror(Ec2World world, int n, int number) {
    world.client.createTrafficMirrorSession(
        session(eni(n)).trafficMirrorTargetId("tmt-full").sessionNumber(number).build());
  }

  @Test
  void returnsTheConfiguredErrorForADuplicateSessionNumber() {
    Ec2World world = Ec2World.with(DEFAULTS.withTakenSessionNumberCode("X")).running(1);
    mirror(world);

    assertThat(errorOf(() -> mirror(world))).isEqualTo("400 X");
  }

  @Test
  void replayCanReturnADeletedSession() {
    Ec2World world =
        Ec2World.with(DEFAULTS.withReplayedTokenReturnsDeletedSession(true)).running(1);
    var request = session(eni(1)).clientToken("t").build();
    var first = world.client.createTrafficMirrorSession(request).trafficMirrorSession();
    world.client.deleteTrafficMirrorSession(
        r -> r.trafficMirrorSessionId(first.trafficMirrorSessionId()));

    assertThat(world.client.createTrafficMirrorSession(request).trafficMirrorSession())
        .isEqualTo(first);
    assertThat(world.ec2.sessions()).isEmpty();
  }

  @Test
  void canFilterSessionsByTag() {
    Ec2World world =
        Ec2World.with(DEFAULTS.withTagFiltersWorkOnMirrorResources(true)).running(1).running(2);
    world.ec2.putSession("tms-1", eni(1), TARGET, FILTER, 1, Map.of("k", "v"));
    world.ec2.putSession("tms-2", eni(2), TARGET, FILTER, 1, Map.of("k", "w"));

    assertThat(
            world
                .client
                .describeTrafficMirrorSessions(r -> r.filters(filter("tag:k", "v")))
                .trafficMirrorSessions())
        .extracting(s -> s.trafficMirrorSessionId())
        .containsExactly("tms-1");
  }

  @Test
  void canReturnTheDocumentedErrorsForUnknownIds() {
    Ec2World world = Ec2World.with(DEFAULTS.withLongNotFoundCodes(false));

    assertThat(
            errorOf(
                () ->
                    world.client.deleteTrafficMirrorTarget(r -> r.trafficMirrorTargetId("tmt-9"))))
        .isEqualTo("400 InvalidTrafficMirrorTargetNoFound");
    assertThat(
            errorOf(
                () ->
                    world.client.deleteTrafficMirrorSession(
                        r -> r.trafficMirrorSessionId("tms-9"))))
        .isEqualTo("400 InvalidTrafficMirrorSessionNotFound");
    assertThat(
            errorOf(
                () ->
                    world.client.deleteTrafficMirrorFilter(r -> r.trafficMirrorFilterId("tmf-9"))))
        .isEqualTo("400 InvalidTrafficMirrorFilterNotFound");
  }

  @Test
  void canRejectAStoppedInstanceAsASource() {
    Ec2World byDefault = new Ec2World().running(1);
    Ec2World strict = Ec2World.with(DEFAULTS.withRefusesStoppedSources(true)).running(1);
    byDefault.ec2.setState(instance(1), "stopped");
    strict.ec2.setState(instance(1), "stopped");

    assertThat(errorOf(() -> mirror(byDefault))).isEqualTo("none");
    assertThat(errorOf(() -> mirror(strict))).isEqualTo("400 NetworkInterfaceNotSupported");
  }

  @Test
  void returnsTheConfiguredErrorForAnInvalidPageToken() {
    Ec2World world = Ec2World.with(DEFAULTS.withRefusedTokenCode("X"));

    assertThat(errorOf(() -> world.describe(r -> r.nextToken("eA==")))).isEqualTo("400 X");
  }

  @Test
  void returnsTheConfiguredErrorForAMissingInterface() {
    Ec2World world = Ec2World.with(DEFAULTS.withMissingInterfaceCode("X"));

    assertThat(errorOf(() -> mirror(world))).isEqualTo("400 X");
  }

  @Test
  void canCheckTheSessionNumberBeforeTheQuota() {
    Ec2World byDefault = new Ec2World().running(1);
    Ec2World other = Ec2World.with(DEFAULTS.withChecksNumberBeforeLimits(true)).running(1);
    for (Ec2World world : List.of(byDefault, other)) {
      for (int number = 100; number < 103; number++) {
        world.ec2.putSession("tms-" + number, eni(1), TARGET, FILTER, number, Map.of());
      }
    }

    assertThat(errorOf(() -> mirror(byDefault)))
        .isEqualTo("400 TrafficMirrorSessionsPerInterfaceLimitExceeded");
    assertThat(errorOf(() -> mirror(other))).isEqualTo("400 InvalidParameterValue");
  }

  private static void mirror(Ec2World world) {
    world.client.createTrafficMirrorSession(session(eni(1)).build());
  }
}
