package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.ModifyTrafficMirrorSessionRequest;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSessionField;

/** Claims about ModifyTrafficMirrorSession. */
interface ModifyClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_MODIFY_SESSION)
  default void modifyChangesEverythingExceptTheSource() {
    TrafficMirrorSession created = fixture().session(shared().source(0), 100);
    String target = fixture().target(shared().source(1));
    String filter = fixture().filter("the other one");
    // Removed first after the claim, because the session uses the target and the filter.
    fixture()
        .afterwards(
            () ->
                ec2()
                    .deleteTrafficMirrorSession(
                        delete -> delete.trafficMirrorSessionId(created.trafficMirrorSessionId())));

    TrafficMirrorSession changed =
        modify(
            created,
            change ->
                change
                    .trafficMirrorTargetId(target)
                    .trafficMirrorFilterId(filter)
                    .sessionNumber(200)
                    .description("changed")
                    .packetLength(300)
                    .virtualNetworkId(4712));

    assertThat(changed)
        .isEqualTo(
            created.copy(
                expected ->
                    expected
                        .trafficMirrorTargetId(target)
                        .trafficMirrorFilterId(filter)
                        .sessionNumber(200)
                        .description("changed")
                        .packetLength(300)
                        .virtualNetworkId(4712)));
    assertThat(described(changed)).isEqualTo(changed);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_MODIFY_SESSION)
  default void modifyKeepsUnspecifiedFields() {
    TrafficMirrorSession created =
        fixture()
            .session(
                shared().source(0), 100, request -> request.description("kept").packetLength(300));

    assertThat(modify(created, change -> change.sessionNumber(101)))
        .isEqualTo(created.copy(expected -> expected.sessionNumber(101)));
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_MODIFY_SESSION)
  default void modifyRemovesADescriptionAndAPacketLength() {
    TrafficMirrorSession created =
        fixture()
            .session(
                shared().source(0), 100, request -> request.description("gone").packetLength(300));

    TrafficMirrorSession changed =
        modify(
            created,
            change ->
                change.removeFields(
                    TrafficMirrorSessionField.DESCRIPTION,
                    TrafficMirrorSessionField.PACKET_LENGTH));

    assertThat(changed.description()).isNullOrEmpty();
    assertThat(Optional.ofNullable(changed.packetLength())).isNotEqualTo(Optional.of(300));
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_MODIFY_SESSION)
  default void modifyRemovesAVirtualNetworkId() {
    TrafficMirrorSession created =
        fixture().session(shared().source(0), 100, request -> request.virtualNetworkId(4711));

    TrafficMirrorSession changed =
        modify(
            created, change -> change.removeFields(TrafficMirrorSessionField.VIRTUAL_NETWORK_ID));

    assertThat(Optional.ofNullable(changed.virtualNetworkId())).isNotEqualTo(Optional.of(4711));
  }

  private TrafficMirrorSession modify(
      TrafficMirrorSession session, Consumer<ModifyTrafficMirrorSessionRequest.Builder> change) {
    return ec2()
        .modifyTrafficMirrorSession(
            modify ->
                change.accept(modify.trafficMirrorSessionId(session.trafficMirrorSessionId())))
        .trafficMirrorSession();
  }

  private TrafficMirrorSession described(TrafficMirrorSession expected) {
    return fixture()
        .world()
        .eventually(
            () ->
                ec2()
                    .describeTrafficMirrorSessions(
                        read -> read.trafficMirrorSessionIds(expected.trafficMirrorSessionId()))
                    .trafficMirrorSessions()
                    .getFirst(),
            expected::equals);
  }
}
