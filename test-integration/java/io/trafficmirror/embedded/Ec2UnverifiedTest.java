package io.trafficmirror.embedded;

import static io.trafficmirror.embedded.Ec2World.FILTER;
import static io.trafficmirror.embedded.Ec2World.TARGET;
import static io.trafficmirror.embedded.Ec2World.eni;
import static io.trafficmirror.embedded.Ec2World.filter;
import static io.trafficmirror.embedded.Ec2World.instance;
import static io.trafficmirror.embedded.Ec2World.refusal;
import static io.trafficmirror.embedded.Ec2World.session;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What AWS does not document, each the other way than usual. */
final class Ec2UnverifiedTest {

  private static final Unverified USUAL = Unverified.defaults();

  @Test
  void theVariantsFlipEveryBehaviourOnceAndAlone() throws ReflectiveOperationException {
    List<Map<String, Object>> variants = new ArrayList<>();
    for (Unverified variant : Unverified.variants()) {
      variants.add(behaviours(variant));
    }
    Map<String, Object> usual = behaviours(USUAL);

    assertThat(variants.getFirst()).isEqualTo(usual);
    assertThat(variants).doesNotHaveDuplicates().hasSize(usual.size() + 1);
    usual.forEach(
        (name, value) ->
            assertThat(variants.stream().filter(variant -> !value.equals(variant.get(name))))
                .as(name)
                .hasSize(1));
    assertThat(usual).hasSizeGreaterThanOrEqualTo(10);
  }

  /** By name, those of targets among them. */
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
  void aReplayMayReturnTheDeletedTarget() {
    Ec2World usual = new Ec2World().running(1);
    Ec2World other =
        Ec2World.with(USUAL.withTargets(new UnverifiedTargets(true, false, false))).running(1);

    for (Ec2World world : List.of(usual, other)) {
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
  void aFullTargetMayBeNoticedBeforeTheTakenNumber() {
    Ec2World usual = full(USUAL);
    Ec2World other = full(USUAL.withTargets(new UnverifiedTargets(false, true, false)));
    for (Ec2World world : List.of(usual, other)) {
      world.ec2.putSession("tms-taken", eni(11), TARGET, FILTER, 100, Map.of());
    }

    assertThat(refusal(() -> mirror(usual, 11, 100))).isEqualTo("400 InvalidParameterValue");
    assertThat(refusal(() -> mirror(other, 11, 100)))
        .isEqualTo("400 TrafficMirrorSourcesPerTargetLimitExceeded");
  }

  @Test
  void aSourceThatIsOnTheTargetMayTakeAnotherPlace() {
    Ec2World usual = full(USUAL);
    Ec2World other = full(USUAL.withTargets(new UnverifiedTargets(false, false, true)));

    assertThat(refusal(() -> mirror(usual, 1, 7))).isEqualTo("none");
    assertThat(refusal(() -> mirror(other, 1, 7)))
        .isEqualTo("400 TrafficMirrorSourcesPerTargetLimitExceeded");
  }

  /** A world whose target {@code tmt-full} has ten sources, and an eleventh instance. */
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
  void aTakenNumberAnswersWhatItIsSetTo() {
    Ec2World world = Ec2World.with(USUAL.withTakenSessionNumberCode("X")).running(1);
    mirror(world);

    assertThat(refusal(() -> mirror(world))).isEqualTo("400 X");
  }

  @Test
  void aReplayMayReturnTheDeletedSession() {
    Ec2World world = Ec2World.with(USUAL.withReplayedTokenReturnsDeletedSession(true)).running(1);
    var request = session(eni(1)).clientToken("t").build();
    var first = world.client.createTrafficMirrorSession(request).trafficMirrorSession();
    world.client.deleteTrafficMirrorSession(
        r -> r.trafficMirrorSessionId(first.trafficMirrorSessionId()));

    assertThat(world.client.createTrafficMirrorSession(request).trafficMirrorSession())
        .isEqualTo(first);
    assertThat(world.ec2.sessions()).isEmpty();
  }

  @Test
  void tagFiltersMayWork() {
    Ec2World world =
        Ec2World.with(USUAL.withTagFiltersWorkOnMirrorResources(true)).running(1).running(2);
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
  void unknownIdsMayAnswerTheDocumentedCodes() {
    Ec2World world = Ec2World.with(USUAL.withLongNotFoundCodes(false));

    assertThat(
            refusal(
                () ->
                    world.client.deleteTrafficMirrorTarget(r -> r.trafficMirrorTargetId("tmt-9"))))
        .isEqualTo("400 InvalidTrafficMirrorTargetNoFound");
    assertThat(
            refusal(
                () ->
                    world.client.deleteTrafficMirrorSession(
                        r -> r.trafficMirrorSessionId("tms-9"))))
        .isEqualTo("400 InvalidTrafficMirrorSessionNotFound");
    assertThat(
            refusal(
                () ->
                    world.client.deleteTrafficMirrorFilter(r -> r.trafficMirrorFilterId("tmf-9"))))
        .isEqualTo("400 InvalidTrafficMirrorFilterNotFound");
  }

  @Test
  void aStoppedInstanceMayBeNoSource() {
    Ec2World usual = new Ec2World().running(1);
    Ec2World strict = Ec2World.with(USUAL.withRefusesStoppedSources(true)).running(1);
    usual.ec2.setState(instance(1), "stopped");
    strict.ec2.setState(instance(1), "stopped");

    assertThat(refusal(() -> mirror(usual))).isEqualTo("none");
    assertThat(refusal(() -> mirror(strict))).isEqualTo("400 NetworkInterfaceNotSupported");
  }

  @Test
  void aRefusedPageTokenAnswersWhatItIsSetTo() {
    Ec2World world = Ec2World.with(USUAL.withRefusedTokenCode("X"));

    assertThat(refusal(() -> world.shown(r -> r.nextToken("eA==")))).isEqualTo("400 X");
  }

  @Test
  void aMissingInterfaceAnswersWhatItIsSetTo() {
    Ec2World world = Ec2World.with(USUAL.withMissingInterfaceCode("X"));

    assertThat(refusal(() -> mirror(world))).isEqualTo("400 X");
  }

  @Test
  void theTakenNumberMayBeNoticedBeforeTheQuota() {
    Ec2World usual = new Ec2World().running(1);
    Ec2World other = Ec2World.with(USUAL.withChecksNumberBeforeLimits(true)).running(1);
    for (Ec2World world : List.of(usual, other)) {
      for (int number = 100; number < 103; number++) {
        world.ec2.putSession("tms-" + number, eni(1), TARGET, FILTER, number, Map.of());
      }
    }

    assertThat(refusal(() -> mirror(usual)))
        .isEqualTo("400 TrafficMirrorSessionsPerInterfaceLimitExceeded");
    assertThat(refusal(() -> mirror(other))).isEqualTo("400 InvalidParameterValue");
  }

  private static void mirror(Ec2World world) {
    world.client.createTrafficMirrorSession(session(eni(1)).build());
  }
}
