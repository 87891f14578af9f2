package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.ModifyTrafficMirrorSessionRequest;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSessionField;

/** What can be changed about a session in place. */
interface ModifyClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_MODIFY_SESSION)
  default void everythingButTheSourceCanBeChangedInPlace() {
    TrafficMirrorSession made = stage().session(pool().source(0), 100);
    String target = stage().target(pool().source(1));
    String filter = stage().filter("the other one");
    // Removed first at the end of the claim, since its session holds the target and the filter.
    stage()
        .afterwards(
            () ->
                ec2()
                    .deleteTrafficMirrorSession(
                        gone -> gone.trafficMirrorSessionId(made.trafficMirrorSessionId())));

    TrafficMirrorSession changed =
        modify(
            made,
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
            made.copy(
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
  default void whatIsNotNamedStaysAsItIs() {
    TrafficMirrorSession made =
        stage()
            .session(
                pool().source(0), 100, request -> request.description("kept").packetLength(300));

    assertThat(modify(made, change -> change.sessionNumber(101)))
        .isEqualTo(made.copy(expected -> expected.sessionNumber(101)));
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_MODIFY_SESSION)
  default void aDescriptionAndAPacketLengthCanBeRemoved() {
    TrafficMirrorSession made =
        stage()
            .session(
                pool().source(0), 100, request -> request.description("gone").packetLength(300));

    TrafficMirrorSession changed =
        modify(
            made,
            change ->
                change.removeFields(
                    TrafficMirrorSessionField.DESCRIPTION,
                    TrafficMirrorSessionField.PACKET_LENGTH));

    assertThat(changed.description()).isNullOrEmpty();
    assertThat(Optional.ofNullable(changed.packetLength())).isNotEqualTo(Optional.of(300));
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_MODIFY_SESSION)
  default void aVirtualNetworkIdThatIsRemovedIsNoLongerTheOneThatWasSet() {
    TrafficMirrorSession made =
        stage().session(pool().source(0), 100, request -> request.virtualNetworkId(4711));

    TrafficMirrorSession changed =
        modify(made, change -> change.removeFields(TrafficMirrorSessionField.VIRTUAL_NETWORK_ID));

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
    return stage()
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
