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

/** What the filters of the mirror resources mean. */
interface MirrorFilterClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_SESSIONS)
  default void aSessionIsFoundByEachDocumentedFilter() {
    TrafficMirrorSession made =
        stage().session(pool().source(0), 123, it -> it.description("findable").packetLength(321));
    TrafficMirrorSession other = stage().session(pool().source(1), 124);

    Stream.of(
            Stage.filter("description", "findable"),
            Stage.filter("network-interface-id", made.networkInterfaceId()),
            Stage.filter("packet-length", "321"),
            Stage.filter("session-number", "123"),
            Stage.filter("traffic-mirror-session-id", made.trafficMirrorSessionId()),
            Stage.filter("virtual-network-id", Integer.toString(made.virtualNetworkId())))
        .forEach(
            filter ->
                assertThat(sessions(filter, ofBothSources()))
                    .as(filter.name())
                    .containsExactly(made.trafficMirrorSessionId()));
    Stream.of(
            Stage.filter("owner-id", made.ownerId()),
            Stage.filter("traffic-mirror-filter-id", pool().filter()),
            Stage.filter("traffic-mirror-target-id", pool().target()))
        .forEach(
            filter ->
                assertThat(sessions(filter, ofBothSources()))
                    .as(filter.name())
                    .containsExactlyInAnyOrder(
                        made.trafficMirrorSessionId(), other.trafficMirrorSessionId()));
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_TARGETS)
  default void aTargetIsFoundByEachDocumentedFilter() {
    TrafficMirrorTarget made =
        stage()
            .createTarget(
                stage().targetRequest(pool().source(0)).description("findable too").build())
            .trafficMirrorTarget();

    Stream.of(
            Stage.filter("description", "findable too"),
            Stage.filter("network-interface-id", made.networkInterfaceId()),
            Stage.filter("owner-id", made.ownerId()),
            Stage.filter("traffic-mirror-target-id", made.trafficMirrorTargetId()))
        .forEach(
            filter ->
                assertThat(
                        ec2()
                            .describeTrafficMirrorTargets(read -> read.filters(filter))
                            .trafficMirrorTargets())
                    .as(filter.name())
                    .contains(made));
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_FILTERS)
  default void aFilterIsFoundByEachDocumentedFilter() {
    String made = stage().filter("findable as well");

    Stream.of(
            Stage.filter("description", "findable as well"),
            Stage.filter("traffic-mirror-filter-id", made))
        .forEach(
            filter ->
                assertThat(
                        ec2()
                            .describeTrafficMirrorFilters(read -> read.filters(filter))
                            .trafficMirrorFilters())
                    .as(filter.name())
                    .extracting(TrafficMirrorFilter::trafficMirrorFilterId)
                    .contains(made));
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_SESSIONS)
  default void anUnknownIdInAMirrorFilterIsNoError() {
    assertThat(sessions(Stage.filter("network-interface-id", Claims.unknown("eni-")))).isEmpty();
    assertThat(sessions(Stage.filter("traffic-mirror-session-id", Claims.unknown("tms-"))))
        .isEmpty();
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.NOWHERE)
  default void aTagFilterOnMirrorResources() {
    String run = stage().world().runId();
    Filter tag = Stage.filter("tag:" + Ec2World.TAG, run);
    String session = stage().session(pool().source(0), 1).trafficMirrorSessionId();

    judge(Question.TAG_FILTERS, filtered(() -> sessions(tag), session));
    judge(
        Question.TAG_FILTERS,
        filtered(
            () ->
                ec2()
                    .describeTrafficMirrorTargets(read -> read.filters(tag))
                    .trafficMirrorTargets()
                    .stream()
                    .map(TrafficMirrorTarget::trafficMirrorTargetId)
                    .toList(),
            pool().target()));
    judge(
        Question.TAG_FILTERS,
        filtered(
            () ->
                ec2()
                    .describeTrafficMirrorFilters(read -> read.filters(tag))
                    .trafficMirrorFilters()
                    .stream()
                    .map(TrafficMirrorFilter::trafficMirrorFilterId)
                    .toList(),
            pool().filter()));
  }

  private static String filtered(Supplier<List<String>> read, String expected) {
    return Refusal.answer(
        () ->
            read.get().equals(List.of(expected))
                ? Question.Words.FILTERED
                : "neither filtered nor refused");
  }

  private Filter ofBothSources() {
    return Stage.filter("network-interface-id", pool().source(0), pool().source(1));
  }

  private List<String> sessions(Filter... filters) {
    return ids(
        ec2()
            .describeTrafficMirrorSessionsPaginator(read -> read.filters(filters))
            .trafficMirrorSessions()
            .stream()
            .toList());
  }

  private static List<String> ids(List<TrafficMirrorSession> sessions) {
    return sessions.stream().map(TrafficMirrorSession::trafficMirrorSessionId).toList();
  }
}
