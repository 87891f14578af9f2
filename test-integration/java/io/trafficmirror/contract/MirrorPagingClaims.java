package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static io.trafficmirror.contract.Claim.Status.UNVERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DescribeTrafficMirrorSessionsResponse;

/** Claims about paging in the describe calls for mirror resources. */
interface MirrorPagingClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_SESSIONS)
  default void pagesContainEverySession() {
    List<String> expected = sixSessions();

    List<String> found = new ArrayList<>();
    String token = null;
    do {
      String next = token;
      DescribeTrafficMirrorSessionsResponse page =
          ec2()
              .describeTrafficMirrorSessions(
                  read -> read.maxResults(5).nextToken(next).filters(fixture().ofSharedSources()));
      assertThat(page.trafficMirrorSessions()).hasSizeLessThanOrEqualTo(5);
      found.addAll(Fixture.ids(page.trafficMirrorSessions()));
      token = page.nextToken();
    } while (token != null && !token.isEmpty());

    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_SESSIONS)
  default void acceptsAPageSizeOfOneThousandMirrorResources() {
    String session = fixture().session(shared().source(0), 1).trafficMirrorSessionId();
    String target = shared().target();
    String filter = shared().filter();

    assertThat(
            Fixture.ids(
                ec2()
                    .describeTrafficMirrorSessions(
                        read -> read.maxResults(1000).filters(fixture().ofSharedSources()))
                    .trafficMirrorSessions()))
        .containsExactly(session);
    assertThat(
            ec2()
                .describeTrafficMirrorTargets(
                    read ->
                        read.maxResults(1000)
                            .filters(Fixture.filter("traffic-mirror-target-id", target)))
                .trafficMirrorTargets())
        .hasSize(1);
    assertThat(
            ec2()
                .describeTrafficMirrorFilters(
                    read ->
                        read.maxResults(1000)
                            .filters(Fixture.filter("traffic-mirror-filter-id", filter)))
                .trafficMirrorFilters())
        .hasSize(1);
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.UNDOCUMENTED)
  default void mirrorPageSizeOutOfRange() {
    for (int size : List.of(4, 1001)) {
      Stream.<Runnable>of(
              () -> ec2().describeTrafficMirrorSessions(read -> read.maxResults(size)),
              () -> ec2().describeTrafficMirrorTargets(read -> read.maxResults(size)),
              () -> ec2().describeTrafficMirrorFilters(read -> read.maxResults(size)))
          .forEach(
              read ->
                  report(
                      Question.MIRROR_PAGE_SIZE_OUT_OF_RANGE,
                      Ec2Error.answer(
                          () -> {
                            read.run();
                            return Question.Behaviour.ACCEPTED;
                          })));
    }
  }

  private List<String> sixSessions() {
    List<String> created = new ArrayList<>();
    for (int number = 1; number <= 3; number++) {
      created.add(fixture().session(shared().source(0), number).trafficMirrorSessionId());
      created.add(fixture().session(shared().source(1), number).trafficMirrorSessionId());
    }
    fixture()
        .world()
        .eventually(
            () -> fixture().sessionIds(fixture().ofSharedSources()), ids -> ids.size() == 6);
    return created;
  }
}
