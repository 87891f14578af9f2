package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static io.trafficmirror.contract.Claim.Status.OBSERVED;
import static io.trafficmirror.contract.Claim.Status.UNVERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.CreateTrafficMirrorSessionResponse;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;

/** Claims about creating, describing, tagging and deleting mirror sessions. */
interface SessionClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_SESSION)
  default void createSessionReturnsEveryRequestedValue() {
    Tag colour = Tag.builder().key("Contract-Colour").value("blue").build();
    String source = shared().source(0);

    TrafficMirrorSession created =
        fixture()
            .session(
                source,
                100,
                request ->
                    request
                        .description("by hand")
                        .virtualNetworkId(4711)
                        .packetLength(200)
                        .tagSpecifications(tagged(colour)));

    assertThat(created.trafficMirrorSessionId()).matches("tms-([0-9a-f]{8}|[0-9a-f]{17})");
    assertThat(created.networkInterfaceId()).isEqualTo(source);
    assertThat(created.trafficMirrorTargetId()).isEqualTo(shared().target());
    assertThat(created.trafficMirrorFilterId()).isEqualTo(shared().filter());
    assertThat(created.ownerId()).matches("[0-9]{12}");
    assertThat(created.sessionNumber()).isEqualTo(100);
    assertThat(created.description()).isEqualTo("by hand");
    assertThat(created.virtualNetworkId()).isEqualTo(4711);
    assertThat(created.packetLength()).isEqualTo(200);
    assertThat(created.tags()).contains(colour, Launches.tag(fixture().world()));
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_SESSIONS)
  default void describeReturnsTheSessionAsCreated() {
    TrafficMirrorSession created =
        fixture().session(shared().source(0), 7, request -> request.description("described"));

    List<TrafficMirrorSession> read =
        fixture()
            .world()
            .eventually(
                () ->
                    ec2()
                        .describeTrafficMirrorSessions(
                            request ->
                                request.trafficMirrorSessionIds(created.trafficMirrorSessionId()))
                        .trafficMirrorSessions(),
                sessions -> !sessions.isEmpty());

    assertThat(read).containsExactly(created);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_CREATE_SESSION)
  default void createSessionReturnsTheClientToken() {
    String token = fixture().token();

    CreateTrafficMirrorSessionResponse created =
        fixture().create(fixture().request(shared().source(0), 1).clientToken(token).build());

    assertThat(created.clientToken()).isEqualTo(token);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_CREATE_SESSION)
  default void assignsARandomVirtualNetworkIdByDefault() {
    int one = fixture().session(shared().source(0), 1).virtualNetworkId();
    int other = fixture().session(shared().source(1), 1).virtualNetworkId();

    assertThat(one).isBetween(0, (1 << 24) - 1).isNotEqualTo(other);
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.UNDOCUMENTED)
  default void virtualNetworkIdAbove24Bits() {
    report(
        Question.NETWORK_ID_OUT_OF_RANGE,
        Ec2Error.answer(
            () -> {
              fixture()
                  .session(shared().source(0), 1, request -> request.virtualNetworkId(1 << 25));
              return Question.Behaviour.ACCEPTED;
            }));
  }

  @Test
  @Claim(status = OBSERVED, source = Sources.CUSTODIAN)
  default void acceptsAPacketLengthBelowTheDocumentedMinimum() {
    assertThat(
            fixture()
                .session(shared().source(0), 1, request -> request.packetLength(25))
                .packetLength())
        .isEqualTo(25);
  }

  @Test
  @EmbeddedOnly("it needs a network load balancer")
  @Claim(status = DOCUMENTED, source = Sources.API_CREATE_SESSION)
  default void packetLengthToALoadBalancerDefaultsTo8500() {
    String balancer = fixture().world().loadBalancerTarget();

    assertThat(
            fixture()
                .session(shared().source(0), 1, to -> to.trafficMirrorTargetId(balancer))
                .packetLength())
        .isEqualTo(8500);
    assertThat(
            fixture()
                .session(
                    shared().source(1),
                    1,
                    to -> to.trafficMirrorTargetId(balancer).packetLength(80))
                .packetLength())
        .isEqualTo(80);
  }

  @Test
  @EmbeddedOnly("it needs a network load balancer")
  @Claim(status = UNVERIFIED, source = Sources.API_CREATE_SESSION)
  default void packetLengthAbove8500ToALoadBalancer() {
    String balancer = fixture().world().loadBalancerTarget();

    report(
        Question.LONG_PACKETS_TO_LOAD_BALANCER,
        Ec2Error.answer(
            () -> {
              fixture()
                  .session(
                      shared().source(0),
                      1,
                      to -> to.trafficMirrorTargetId(balancer).packetLength(8501));
              return Question.Behaviour.ACCEPTED;
            }));
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void rejectsASourceOfAnUnsupportedInstanceType() {
    String source =
        Launches.primaryInterface(
            fixture()
                .launch(1, launch -> launch.instanceType(fixture().world().unsupportedType()))
                .getFirst());

    Ec2Error error = Ec2Error.of(() -> fixture().session(source, 1));

    assertThat(error.code()).isEqualTo("NetworkInterfaceNotSupported");
    assertThat(error.status()).isEqualTo(400);
  }

  @Test
  @Claim(
      status = OBSERVED,
      source = "public code that matches \"must be attached to a supported instance\"")
  default void rejectsADetachedInterface() {
    String loose =
        ec2()
            .createNetworkInterface(
                create ->
                    create
                        .subnetId(fixture().world().subnetId())
                        .tagSpecifications(
                            Launches.tags(fixture().world(), ResourceType.NETWORK_INTERFACE)))
            .networkInterface()
            .networkInterfaceId();
    fixture()
        .afterwards(() -> ec2().deleteNetworkInterface(delete -> delete.networkInterfaceId(loose)));

    Ec2Error error = Ec2Error.of(() -> fixture().session(loose, 1));

    assertThat(error.code()).isEqualTo("NetworkInterfaceNotSupported");
    assertThat(error.message()).contains(loose, "must be attached to a supported instance");
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_DELETE_SESSION)
  default void deleteSessionReturnsTheIdAndRemovesTheSession() {
    TrafficMirrorSession created = fixture().session(shared().source(0), 1);
    String id = created.trafficMirrorSessionId();

    assertThat(
            ec2()
                .deleteTrafficMirrorSession(delete -> delete.trafficMirrorSessionId(id))
                .trafficMirrorSessionId())
        .isEqualTo(id);

    assertThat(
            fixture()
                .world()
                .eventually(() -> fixture().sessionsOn(shared().source(0)), List::isEmpty))
        .isEmpty();
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_CREATE_TAGS)
  default void createTagsAddsAndOverwritesASessionTag() {
    String id = fixture().session(shared().source(0), 1).trafficMirrorSessionId();
    Tag first = Tag.builder().key("Contract-Later").value("1").build();
    Tag second = Tag.builder().key("Contract-Later").value("2").build();

    ec2().createTags(create -> create.resources(id).tags(first));
    ec2().createTags(create -> create.resources(id).tags(second));

    assertThat(tagsOf(id, tags -> tags.contains(second))).contains(second).doesNotContain(first);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_DELETE_TAGS)
  default void deleteTagsByKeyIgnoresTheValue() {
    String id = fixture().session(shared().source(0), 1).trafficMirrorSessionId();
    Tag later = Tag.builder().key("Contract-Later").value("1").build();
    ec2().createTags(create -> create.resources(id).tags(later));
    Tag onlyTheKey = Tag.builder().key("Contract-Later").build();
    assertThat(tagsOf(id, tags -> tags.contains(later))).contains(later);

    ec2().deleteTags(delete -> delete.resources(id).tags(onlyTheKey));
    ec2().deleteTags(delete -> delete.resources(id).tags(onlyTheKey));

    assertThat(tagsOf(id, tags -> !tags.contains(later))).doesNotContain(later);
  }

  private List<Tag> tagsOf(String session, Predicate<List<Tag>> awaitState) {
    return fixture()
        .world()
        .eventually(
            () ->
                ec2()
                    .describeTrafficMirrorSessions(read -> read.trafficMirrorSessionIds(session))
                    .trafficMirrorSessions()
                    .stream()
                    .flatMap(shown -> shown.tags().stream())
                    .toList(),
            awaitState);
  }

  private TagSpecification tagged(Tag tag) {
    return TagSpecification.builder()
        .resourceType(ResourceType.TRAFFIC_MIRROR_SESSION)
        .tags(Launches.tag(fixture().world()), tag)
        .build();
  }
}
