package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static io.trafficmirror.contract.Claim.Status.UNVERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DescribeTrafficMirrorSessionsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;

/** How mirror sessions, targets and filters are listed page by page. */
interface ListingClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_SESSIONS)
  default void everySessionIsFoundPageByPage() {
    List<String> expected = sixSessions();

    List<String> found = new ArrayList<>();
    String token = null;
    do {
      String next = token;
      DescribeTrafficMirrorSessionsResponse page =
          ec2()
              .describeTrafficMirrorSessions(
                  read -> read.maxResults(5).nextToken(next).filters(ofBothSources()));
      assertThat(page.trafficMirrorSessions()).hasSizeLessThanOrEqualTo(5);
      found.addAll(ids(page.trafficMirrorSessions()));
      token = page.nextToken();
    } while (token != null && !token.isEmpty());

    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_SESSIONS)
  default void aPageOfAThousandMirrorResourcesIsAccepted() {
    String session = stage().session(pool().source(0), 1).trafficMirrorSessionId();
    String target = pool().target();
    String filter = pool().filter();

    assertThat(
            ids(
                ec2()
                    .describeTrafficMirrorSessions(
                        read -> read.maxResults(1000).filters(ofBothSources()))
                    .trafficMirrorSessions()))
        .containsExactly(session);
    assertThat(
            ec2()
                .describeTrafficMirrorTargets(
                    read ->
                        read.maxResults(1000)
                            .filters(Stage.filter("traffic-mirror-target-id", target)))
                .trafficMirrorTargets())
        .hasSize(1);
    assertThat(
            ec2()
                .describeTrafficMirrorFilters(
                    read ->
                        read.maxResults(1000)
                            .filters(Stage.filter("traffic-mirror-filter-id", filter)))
                .trafficMirrorFilters())
        .hasSize(1);
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.NOWHERE)
  default void aPageSizeBeyondItsBoundsIsRefused() {
    for (int size : List.of(4, 1001)) {
      Stream.<Runnable>of(
              () -> ec2().describeTrafficMirrorSessions(read -> read.maxResults(size)),
              () -> ec2().describeTrafficMirrorTargets(read -> read.maxResults(size)),
              () -> ec2().describeTrafficMirrorFilters(read -> read.maxResults(size)))
          .forEach(
              read ->
                  judge(
                      Question.MIRROR_PAGE_SIZE_OUT_OF_BOUNDS,
                      Refusal.answer(
                          () -> {
                            read.run();
                            return Question.Words.ACCEPTED;
                          })));
    }
  }

  private List<String> sixSessions() {
    List<String> made = new ArrayList<>();
    for (int number = 1; number <= 3; number++) {
      made.add(stage().session(pool().source(0), number).trafficMirrorSessionId());
      made.add(stage().session(pool().source(1), number).trafficMirrorSessionId());
    }
    stage().world().eventually(() -> sessions(ofBothSources()), ids -> ids.size() == 6);
    return made;
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
