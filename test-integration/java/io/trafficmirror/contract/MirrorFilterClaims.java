package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static io.trafficmirror.contract.Claim.Status.UNVERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorFilter;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorTarget;

/** Claims about the filters of the describe calls for mirror resources. */
interface MirrorFilterClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_SESSIONS)
  default void everyDocumentedFilterFindsASession() {
    TrafficMirrorSession created =
        fixture()
            .session(shared().source(0), 123, it -> it.description("findable").packetLength(321));
    TrafficMirrorSession other = fixture().session(shared().source(1), 124);

    Stream.of(
            Fixture.filter("description", "findable"),
            Fixture.filter("network-interface-id", created.networkInterfaceId()),
            Fixture.filter("packet-length", "321"),
            Fixture.filter("session-number", "123"),
            Fixture.filter("traffic-mirror-session-id", created.trafficMirrorSessionId()),
            Fixture.filter("virtual-network-id", Integer.toString(created.virtualNetworkId())))
        .forEach(
            filter ->
                assertThat(fixture().sessionIds(filter, fixture().ofSharedSources()))
                    .as(filter.name())
                    .containsExactly(created.trafficMirrorSessionId()));
    Stream.of(
            Fixture.filter("owner-id", created.ownerId()),
            Fixture.filter("traffic-mirror-filter-id", shared().filter()),
            Fixture.filter("traffic-mirror-target-id", shared().target()))
        .forEach(
            filter ->
                assertThat(fixture().sessionIds(filter, fixture().ofSharedSources()))
                    .as(filter.name())
                    .containsExactlyInAnyOrder(
                        created.trafficMirrorSessionId(), other.trafficMirrorSessionId()));
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_TARGETS)
  default void everyDocumentedFilterFindsATarget() {
    TrafficMirrorTarget created =
        fixture()
            .createTarget(
                fixture().targetRequest(shared().source(0)).description("findable too").build())
            .trafficMirrorTarget();

    Stream.of(
            Fixture.filter("description", "findable too"),
            Fixture.filter("network-interface-id", created.networkInterfaceId()),
            Fixture.filter("owner-id", created.ownerId()),
            Fixture.filter("traffic-mirror-target-id", created.trafficMirrorTargetId()))
        .forEach(
            filter ->
                assertThat(
                        ec2()
                            .describeTrafficMirrorTargets(read -> read.filters(filter))
                            .trafficMirrorTargets())
                    .as(filter.name())
                    .contains(created));
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_FILTERS)
  default void everyDocumentedFilterFindsAMirrorFilter() {
    String created = fixture().filter("findable as well");

    Stream.of(
            Fixture.filter("description", "findable as well"),
            Fixture.filter("traffic-mirror-filter-id", created))
        .forEach(
            filter ->
                assertThat(
                        ec2()
                            .describeTrafficMirrorFilters(read -> read.filters(filter))
                            .trafficMirrorFilters())
                    .as(filter.name())
                    .extracting(TrafficMirrorFilter::trafficMirrorFilterId)
                    .contains(created));
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_SESSIONS)
  default void unknownIdInAMirrorFilterMatchesNothing() {
    assertThat(fixture().sessionIds(Fixture.filter("network-interface-id", Claims.unknown("eni-"))))
        .isEmpty();
    assertThat(
            fixture()
                .sessionIds(Fixture.filter("traffic-mirror-session-id", Claims.unknown("tms-"))))
        .isEmpty();
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.UNDOCUMENTED)
  default void tagFilterOnMirrorResources() {
    String run = fixture().world().runId();
    Filter tag = Fixture.filter("tag:" + Ec2World.TAG, run);
    String session = fixture().session(shared().source(0), 1).trafficMirrorSessionId();

    report(Question.TAG_FILTERS, filtered(() -> fixture().sessionIds(tag), session));
    report(
        Question.TAG_FILTERS,
        filtered(
            () ->
                ec2()
                    .describeTrafficMirrorTargets(read -> read.filters(tag))
                    .trafficMirrorTargets()
                    .stream()
                    .map(TrafficMirrorTarget::trafficMirrorTargetId)
                    .toList(),
            shared().target()));
    report(
        Question.TAG_FILTERS,
        filtered(
            () ->
                ec2()
                    .describeTrafficMirrorFilters(read -> read.filters(tag))
                    .trafficMirrorFilters()
                    .stream()
                    .map(TrafficMirrorFilter::trafficMirrorFilterId)
                    .toList(),
            shared().filter()));
  }

  private static String filtered(Supplier<List<String>> read, String expected) {
    return Ec2Error.answer(
        () ->
            read.get().equals(List.of(expected))
                ? Question.Behaviour.FILTERED
                : "neither filtered nor refused");
  }
}
