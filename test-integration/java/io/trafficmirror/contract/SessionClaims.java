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

/** What it takes to make a mirror session, and what comes back. */
interface SessionClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_SESSION)
  default void aNewSessionAnswersEverythingThatWasAsked() {
    Tag colour = Tag.builder().key("Contract-Colour").value("blue").build();
    String source = pool().source(0);

    TrafficMirrorSession made =
        stage()
            .session(
                source,
                100,
                request ->
                    request
                        .description("by hand")
                        .virtualNetworkId(4711)
                        .packetLength(200)
                        .tagSpecifications(tagged(colour)));

    assertThat(made.trafficMirrorSessionId()).matches("tms-([0-9a-f]{8}|[0-9a-f]{17})");
    assertThat(made.networkInterfaceId()).isEqualTo(source);
    assertThat(made.trafficMirrorTargetId()).isEqualTo(pool().target());
    assertThat(made.trafficMirrorFilterId()).isEqualTo(pool().filter());
    assertThat(made.ownerId()).matches("[0-9]{12}");
    assertThat(made.sessionNumber()).isEqualTo(100);
    assertThat(made.description()).isEqualTo("by hand");
    assertThat(made.virtualNetworkId()).isEqualTo(4711);
    assertThat(made.packetLength()).isEqualTo(200);
    assertThat(made.tags()).contains(colour, Launches.tag(stage().world()));
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_SESSIONS)
  default void aSessionIsDescribedAsItWasMade() {
    TrafficMirrorSession made =
        stage().session(pool().source(0), 7, request -> request.description("described"));

    List<TrafficMirrorSession> read =
        stage()
            .world()
            .eventually(
                () ->
                    ec2()
                        .describeTrafficMirrorSessions(
                            ask -> ask.trafficMirrorSessionIds(made.trafficMirrorSessionId()))
                        .trafficMirrorSessions(),
                sessions -> !sessions.isEmpty());

    assertThat(read).containsExactly(made);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_CREATE_SESSION)
  default void theClientTokenComesBack() {
    String token = stage().token();

    CreateTrafficMirrorSessionResponse made =
        stage().create(stage().request(pool().source(0), 1).clientToken(token).build());

    assertThat(made.clientToken()).isEqualTo(token);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_CREATE_SESSION)
  default void aVirtualNetworkIdThatIsNotGivenIsDrawnAtRandom() {
    int one = stage().session(pool().source(0), 1).virtualNetworkId();
    int other = stage().session(pool().source(1), 1).virtualNetworkId();

    assertThat(one).isBetween(0, (1 << 24) - 1).isNotEqualTo(other);
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.NOWHERE)
  default void aVirtualNetworkIdOfMoreThan24Bits() {
    judge(
        Question.NETWORK_ID_OUT_OF_BOUNDS,
        Refusal.answer(
            () -> {
              stage().session(pool().source(0), 1, request -> request.virtualNetworkId(1 << 25));
              return Question.Words.ACCEPTED;
            }));
  }

  @Test
  @Claim(status = OBSERVED, source = Sources.CUSTODIAN)
  default void aPacketLengthBelowTheDocumentedMinimumIsAccepted() {
    assertThat(
            stage()
                .session(pool().source(0), 1, request -> request.packetLength(25))
                .packetLength())
        .isEqualTo(25);
  }

  @Test
  @EmbeddedOnly("it needs a network load balancer")
  @Claim(status = DOCUMENTED, source = Sources.API_CREATE_SESSION)
  default void aSessionToALoadBalancerHasPacketsOf8500UnlessItSaysOtherwise() {
    String balancer = stage().world().loadBalancerTarget();

    assertThat(
            stage()
                .session(pool().source(0), 1, to -> to.trafficMirrorTargetId(balancer))
                .packetLength())
        .isEqualTo(8500);
    assertThat(
            stage()
                .session(
                    pool().source(1), 1, to -> to.trafficMirrorTargetId(balancer).packetLength(80))
                .packetLength())
        .isEqualTo(80);
  }

  @Test
  @EmbeddedOnly("it needs a network load balancer")
  @Claim(status = UNVERIFIED, source = Sources.API_CREATE_SESSION)
  default void longerPacketsToALoadBalancerAreRefused() {
    String balancer = stage().world().loadBalancerTarget();

    judge(
        Question.LONG_PACKETS_TO_A_LOAD_BALANCER,
        Refusal.answer(
            () -> {
              stage()
                  .session(
                      pool().source(0),
                      1,
                      to -> to.trafficMirrorTargetId(balancer).packetLength(8501));
              return Question.Words.ACCEPTED;
            }));
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void anInterfaceOfAnUnsupportedInstanceTypeIsRefused() {
    String source =
        Launches.primaryInterface(
            stage()
                .launch(1, launch -> launch.instanceType(stage().world().unsupportedType()))
                .getFirst());

    Refusal refusal = Refusal.of(() -> stage().session(source, 1));

    assertThat(refusal.code()).isEqualTo("NetworkInterfaceNotSupported");
    assertThat(refusal.status()).isEqualTo(400);
  }

  @Test
  @Claim(
      status = OBSERVED,
      source = "public code that matches \"must be attached to a supported instance\"")
  default void anInterfaceThatIsNotAttachedIsRefused() {
    String loose =
        ec2()
            .createNetworkInterface(
                create ->
                    create
                        .subnetId(stage().world().subnetId())
                        .tagSpecifications(
                            Launches.tags(stage().world(), ResourceType.NETWORK_INTERFACE)))
            .networkInterface()
            .networkInterfaceId();
    stage().afterwards(() -> ec2().deleteNetworkInterface(gone -> gone.networkInterfaceId(loose)));

    Refusal refusal = Refusal.of(() -> stage().session(loose, 1));

    assertThat(refusal.code()).isEqualTo("NetworkInterfaceNotSupported");
    assertThat(refusal.message()).contains(loose, "must be attached to a supported instance");
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_DELETE_SESSION)
  default void aDeletedSessionAnswersItsIdAndIsGone() {
    TrafficMirrorSession made = stage().session(pool().source(0), 1);
    String id = made.trafficMirrorSessionId();

    assertThat(
            ec2()
                .deleteTrafficMirrorSession(gone -> gone.trafficMirrorSessionId(id))
                .trafficMirrorSessionId())
        .isEqualTo(id);

    assertThat(
            stage().world().eventually(() -> stage().sessionsOn(pool().source(0)), List::isEmpty))
        .isEmpty();
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_CREATE_TAGS)
  default void aTagOfASessionIsAddedAndOverwritten() {
    String id = stage().session(pool().source(0), 1).trafficMirrorSessionId();
    Tag first = Tag.builder().key("Contract-Later").value("1").build();
    Tag second = Tag.builder().key("Contract-Later").value("2").build();

    ec2().createTags(create -> create.resources(id).tags(first));
    ec2().createTags(create -> create.resources(id).tags(second));

    assertThat(tagsOf(id, tags -> tags.contains(second))).contains(second).doesNotContain(first);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_DELETE_TAGS)
  default void aTagOfASessionIsRemovedByItsKeyWhateverItsValue() {
    String id = stage().session(pool().source(0), 1).trafficMirrorSessionId();
    Tag later = Tag.builder().key("Contract-Later").value("1").build();
    ec2().createTags(create -> create.resources(id).tags(later));
    Tag onlyTheKey = Tag.builder().key("Contract-Later").build();
    assertThat(tagsOf(id, tags -> tags.contains(later))).contains(later);

    ec2().deleteTags(delete -> delete.resources(id).tags(onlyTheKey));
    ec2().deleteTags(delete -> delete.resources(id).tags(onlyTheKey));

    assertThat(tagsOf(id, tags -> !tags.contains(later))).doesNotContain(later);
  }

  private List<Tag> tagsOf(String session, Predicate<List<Tag>> reached) {
    return stage()
        .world()
        .eventually(
            () ->
                ec2()
                    .describeTrafficMirrorSessions(read -> read.trafficMirrorSessionIds(session))
                    .trafficMirrorSessions()
                    .stream()
                    .flatMap(shown -> shown.tags().stream())
                    .toList(),
            reached);
  }

  private TagSpecification tagged(Tag tag) {
    return TagSpecification.builder()
        .resourceType(ResourceType.TRAFFIC_MIRROR_SESSION)
        .tags(Launches.tag(stage().world()), tag)
        .build();
  }
}
