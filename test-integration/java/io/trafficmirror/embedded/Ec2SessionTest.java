package io.trafficmirror.embedded;

import static io.trafficmirror.embedded.Ec2World.FILTER;
import static io.trafficmirror.embedded.Ec2World.SUBNET;
import static io.trafficmirror.embedded.Ec2World.TARGET;
import static io.trafficmirror.embedded.Ec2World.eni;
import static io.trafficmirror.embedded.Ec2World.errorOf;
import static io.trafficmirror.embedded.Ec2World.filter;
import static io.trafficmirror.embedded.Ec2World.instance;
import static io.trafficmirror.embedded.Ec2World.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSessionField;

final class Ec2SessionTest {

  private final Ec2World world = new Ec2World();

  @Test
  void describesASessionAsItWasCreated() {
    world.running(1);
    TrafficMirrorSession made =
        world
            .client
            .createTrafficMirrorSession(
                session(eni(1))
                    .description("a & b")
                    .virtualNetworkId(4711)
                    .packetLength(128)
                    .tagSpecifications(tags("traffic-mirror-session", "k", "v"))
                    .build())
            .trafficMirrorSession();

    assertThat(world.client.describeTrafficMirrorSessions(r -> {}).trafficMirrorSessions())
        .containsExactly(made);
    assertThat(made.trafficMirrorSessionId()).matches("tms-[0-9a-f]{17}");
    assertThat(made.networkInterfaceId()).isEqualTo(eni(1));
    assertThat(made.trafficMirrorTargetId()).isEqualTo(TARGET);
    assertThat(made.trafficMirrorFilterId()).isEqualTo(FILTER);
    assertThat(made.sessionNumber()).isEqualTo(100);
    assertThat(made.description()).isEqualTo("a & b");
    assertThat(made.virtualNetworkId()).isEqualTo(4711);
    assertThat(made.packetLength()).isEqualTo(128);
    assertThat(made.ownerId()).isEqualTo("111122223333");
    assertThat(made.tags()).containsExactly(Tag.builder().key("k").value("v").build());
    assertThat(world.unsupported()).isEmpty();
  }

  @Test
  void defaultsToPacketsOf8500ForALoadBalancerAndARandomNetworkIdentifier() {
    world.running(1).running(2);
    TrafficMirrorSession one = create(1, 100);
    TrafficMirrorSession two = create(2, 100);

    assertThat(one.packetLength()).isEqualTo(8500);
    assertThat(one.virtualNetworkId()).isBetween(1, 0xFFFFFF);
    assertThat(one.virtualNetworkId()).isNotEqualTo(two.virtualNetworkId());
  }

  @Test
  void hasNoDefaultPacketLengthForAnInterfaceTarget() {
    world.running(1).running(2);
    world.ec2.putInterfaceTarget("tmt-2", eni(2));
    TrafficMirrorSession made =
        world
            .client
            .createTrafficMirrorSession(session(eni(1)).trafficMirrorTargetId("tmt-2").build())
            .trafficMirrorSession();

    assertThat(made.packetLength()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 32767})
  void rejectsASessionNumberOutside1To32766(int number) {
    world.running(1);
    assertThat(errorOf(() -> create(1, number))).isEqualTo("400 InvalidParameterValue");
  }

  @Test
  void rejectsPacketsOver8500ToALoadBalancer() {
    world.running(1);
    assertThat(
            errorOf(
                () ->
                    world.client.createTrafficMirrorSession(
                        session(eni(1)).packetLength(8501).build())))
        .isEqualTo("400 InvalidParameterValue");
  }

  @Test
  void rejectsADuplicateSessionNumberButAcceptsAnother() {
    world.running(1);
    create(1, 100);

    assertThat(errorOf(() -> create(1, 100))).isEqualTo("400 InvalidParameterValue");
    assertThat(errorOf(() -> create(1, 101))).isEqualTo("none");
  }

  @Test
  void rejectsAFourthSessionOnAnInterface() {
    world.running(1);
    IntStream.rangeClosed(1, 3).forEach(number -> create(1, number));

    assertThat(errorOf(() -> create(1, 4)))
        .isEqualTo("400 TrafficMirrorSessionsPerInterfaceLimitExceeded");
    assertThat(world.ec2.sessions()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"m5.large,10", "m5.24xlarge,100", "m8i.96xlarge,100", "c5.18xlarge,100"})
  void limitsTheSourcesOfATargetByItsInstanceType(String type, int maximum) {
    world.ec2.putInstance(InstanceSeed.running(instance(999), type, SUBNET, eni(999)));
    world.ec2.putInterfaceTarget("tmt-1", eni(999));
    IntStream.rangeClosed(1, maximum + 1).forEach(world::running);
    IntStream.rangeClosed(1, maximum).forEach(n -> createTo("tmt-1", n, 1));

    assertThatThrownBy(() -> createTo("tmt-1", maximum + 1, 1))
        .isInstanceOf(Ec2Exception.class)
        .hasMessageContaining(
            "Sources per interface-target limit reached (%d)".formatted(maximum + 1));
    assertThat(errorOf(() -> createTo("tmt-1", 1, 2))).as("a source counts once").isEqualTo("none");
  }

  @Test
  void enforcesTheSessionQuotaOfTheAccount() {
    Ec2World small = new Ec2World(Ec2Options.defaults().withMaximumSessions(1));
    small.running(1).running(2);
    small.client.createTrafficMirrorSession(session(eni(1)).build());

    assertThat(errorOf(() -> small.client.createTrafficMirrorSession(session(eni(2)).build())))
        .isEqualTo("400 TrafficMirrorSessionLimitExceeded");
  }

  @ParameterizedTest
  @CsvSource({
    "t2.micro,no",
    "m8g.large,no",
    "c7gn.large,no",
    "m6i.metal,no",
    "m5.metal,yes",
    "t3.nano,yes",
    "c4.large,yes",
    "m7i-flex.large,yes",
    "g5g.metal,yes",
    "c6gn.metal,no"
  })
  void acceptsOnlySourcesOfSupportedTypes(String type, String can) {
    world.ec2.putInstance(InstanceSeed.running(instance(1), type, SUBNET, eni(1)));

    assertThat(errorOf(() -> create(1, 100)))
        .isEqualTo(can.equals("yes") ? "none" : "400 NetworkInterfaceNotSupported");
  }

  @Test
  void rejectsADetachedInterfaceAsASource() {
    String loose =
        world
            .client
            .createNetworkInterface(r -> r.subnetId(SUBNET))
            .networkInterface()
            .networkInterfaceId();

    assertThatThrownBy(() -> world.client.createTrafficMirrorSession(session(loose).build()))
        .hasMessageContaining(loose + " must be attached to a supported instance");
  }

  @Test
  void rejectsATargetAsASource() {
    world.running(1);
    world.ec2.putInterfaceTarget("tmt-1", eni(1));

    assertThat(errorOf(() -> create(1, 100))).isEqualTo("400 InterfaceInUseByTrafficMirrorTarget");
  }

  @Test
  void rejectsASessionWithAMissingResource() {
    world.running(1);
    assertThat(errorOf(() -> create(2, 100))).isEqualTo("400 InvalidNetworkInterfaceID.NotFound");
    assertThat(errorOf(() -> createTo("tmt-9", 1, 100)))
        .isEqualTo("400 InvalidTrafficMirrorTargetId.NotFound");
    assertThat(
            errorOf(
                () ->
                    world.client.createTrafficMirrorSession(
                        session(eni(1)).trafficMirrorFilterId("tmf-9").build())))
        .isEqualTo("400 InvalidTrafficMirrorFilterId.NotFound");
    assertThat(world.ec2.sessions()).isEmpty();
  }

  @Test
  void modifyChangesOnlyTheGivenFields() {
    world.running(1).running(2);
    world.ec2.putInterfaceTarget("tmt-2", eni(2));
    TrafficMirrorSession before = create(1, 100);
    TrafficMirrorSession after =
        world
            .client
            .modifyTrafficMirrorSession(
                r ->
                    r.trafficMirrorSessionId(before.trafficMirrorSessionId())
                        .trafficMirrorTargetId("tmt-2")
                        .sessionNumber(7)
                        .removeFields(TrafficMirrorSessionField.PACKET_LENGTH))
            .trafficMirrorSession();

    assertThat(after)
        .isEqualTo(
            before.toBuilder()
                .trafficMirrorTargetId("tmt-2")
                .sessionNumber(7)
                .packetLength(null)
                .build());
    assertThat(world.client.describeTrafficMirrorSessions(r -> {}).trafficMirrorSessions())
        .containsExactly(after);
  }

  @Test
  void modifyRejectsTheNumberOfAnotherSession() {
    world.running(1);
    create(1, 1);
    String second = create(1, 2).trafficMirrorSessionId();

    assertThat(
            errorOf(
                () ->
                    world.client.modifyTrafficMirrorSession(
                        r -> r.trafficMirrorSessionId(second).sessionNumber(1))))
        .isEqualTo("400 InvalidParameterValue");
    assertThat(
            errorOf(
                () ->
                    world.client.modifyTrafficMirrorSession(
                        r -> r.trafficMirrorSessionId(second).sessionNumber(2))))
        .isEqualTo("none");
  }

  @Test
  void deletesASession() {
    world.running(1);
    String id = create(1, 1).trafficMirrorSessionId();
    world.client.deleteTrafficMirrorSession(r -> r.trafficMirrorSessionId(id));

    assertThat(world.ec2.sessions()).isEmpty();
    assertThat(
            errorOf(
                () -> world.client.deleteTrafficMirrorSession(r -> r.trafficMirrorSessionId(id))))
        .isEqualTo("400 InvalidTrafficMirrorSessionId.NotFound");
  }

  @Test
  void filtersSessionsByTheDocumentedFilters() {
    world.running(1).running(2);
    String one = create(1, 1).trafficMirrorSessionId();
    create(2, 2);

    assertThat(find("network-interface-id", eni(1), eni(77))).containsExactly(one);
    assertThat(find("session-number", "1")).containsExactly(one);
    assertThat(find("traffic-mirror-target-id", TARGET)).hasSize(2);
    assertThat(find("traffic-mirror-filter-id", "tmf-*")).hasSize(2);
    assertThat(find("owner-id", "999999999999")).isEmpty();
    assertThat(errorOf(() -> find("tag:k", "v"))).isEqualTo("400 InvalidParameterValue");
    assertThat(world.unsupported()).isEmpty();
  }

  @Test
  void concurrentCreatesRespectUniqueNumbersAndTheInterfaceQuota() throws Exception {
    world.running(1);
    List<Callable<String>> creates =
        IntStream.range(0, 40)
            .<Callable<String>>mapToObj(n -> () -> errorOf(() -> create(1, 1 + n % 5)))
            .toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long made = 0;
      for (Future<String> create : threads.invokeAll(creates)) {
        made += create.get().equals("none") ? 1 : 0;
      }

      assertThat(made).isEqualTo(3);
    }
    assertThat(world.ec2.sessions())
        .extracting(SessionView::number)
        .hasSize(3)
        .doesNotHaveDuplicates();
  }

  @Test
  void aSeededSessionBehavesLikeAnyOther() {
    world.running(1);
    world.ec2.putSession("tms-1", eni(1), TARGET, FILTER, 5, Map.of("who", "them"));

    assertThat(find("network-interface-id", eni(1))).containsExactly("tms-1");
    assertThat(errorOf(() -> create(1, 5))).isEqualTo("400 InvalidParameterValue");
    assertThat(world.ec2.sessions().getFirst().tags()).containsEntry("who", "them");
  }

  private List<String> find(String name, String... values) {
    return world
        .client
        .describeTrafficMirrorSessions(r -> r.filters(filter(name, values)))
        .trafficMirrorSessions()
        .stream()
        .map(TrafficMirrorSession::trafficMirrorSessionId)
        .toList();
  }

  private TrafficMirrorSession create(int n, int number) {
    return createTo(TARGET, n, number);
  }

  private TrafficMirrorSession createTo(String target, int n, int number) {
    return world
        .client
        .createTrafficMirrorSession(
            session(eni(n)).trafficMirrorTargetId(target).sessionNumber(number).build())
        .trafficMirrorSession();
  }

  private static TagSpecification tags(String type, String key, String value) {
    return TagSpecification.builder()
        .resourceType(ResourceType.fromValue(type))
        .tags(Tag.builder().key(key).value(value).build())
        .build();
  }
}
