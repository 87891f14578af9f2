package io.trafficmirror.reconcile;

import static io.trafficmirror.reconcile.World.OWNERSHIP;
import static io.trafficmirror.reconcile.World.POLICY;
import static io.trafficmirror.reconcile.World.SCOPE;
import static io.trafficmirror.reconcile.World.TARGET;
import static io.trafficmirror.reconcile.World.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.Assessment;
import io.trafficmirror.mirror.Reason;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.SessionState;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.FakeEc2.Api;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link FleetAssessor}: returns every instance or a failure. */
class FleetAssessorTest {

  private final World world = new World();
  private final FleetAssessor assessor =
      new FleetAssessor(SCOPE, world.ec2, POLICY, OWNERSHIP, world.limits, world.time);

  @Test
  void assessesAllPagesInTheOrderOfEc2() {
    for (int i = 0; i < 2_001; i++) {
      world.runs("" + i, "nothing");
    }
    assertThat(rows())
        .extracting(row -> row.instance().value())
        .containsExactlyElementsOf(IntStream.range(0, 2_001).mapToObj(i -> "i-" + i).toList());
    assertThat(world.ec2.calls(Api.PAGE)).hasSize(3);
    assertThat(world.ec2.calls(Api.TARGETS)).as("cached across pages").hasSize(1);
  }

  @Test
  void assessesAnEmptyFleet() {
    assertThat(rows()).isEmpty();
  }

  @Test
  void assessesLikeTheReconcilerAndWritesNothing() {
    world.runs("mirrored", "fixed");
    world.runs("missing", "pool");
    world.runs("unmatched", "nothing");
    Session session = world.session("mirrored", TARGET);
    List<Assessment.Row> rows = rows();
    assertThat(rows).allMatch(row -> row.scope().equals(SCOPE));
    assertThat(rows.get(0).networkInterface()).contains(session.source());
    assertThat(rows.get(0).state()).isInstanceOf(SessionState.Satisfied.class);
    assertThat(rows.get(1).state()).isInstanceOf(SessionState.Missing.class);
    assertThat(rows.get(2).state())
        .isEqualTo(new SessionState.NotMirrored(Reason.NO_ENTRY_MATCHES, Optional.empty()));
    assertThat(world.ec2.calls()).noneMatch(call -> call.api().isWrite());
  }

  @ParameterizedTest
  @EnumSource(names = {"PAGE", "TARGETS", "SESSIONS", "POOL_MEMBERS", "SESSIONS_TO"})
  void failsIfAnyReadFails(Api api) {
    world.runs("1", "pool");
    world.runs("2", "nothing");
    world.ec2.failNext(api, FailureKind.THROTTLED);
    assertThat(kind()).isEqualTo("THROTTLED");
    assertThat(kind()).as("may be repeated").isEqualTo("rows");
  }

  private String kind() {
    return switch (assessor.assess(world.later())) {
      case Answer.Got<List<Assessment.Row>> ignored -> "rows";
      case Answer.Failed<List<Assessment.Row>>(Failure failure) -> failure.kind().name();
    };
  }

  private List<Assessment.Row> rows() {
    return switch (assessor.assess(world.later())) {
      case Answer.Got<List<Assessment.Row>>(List<Assessment.Row> rows) -> rows;
      case Answer.Failed<List<Assessment.Row>>(Failure failure) ->
          throw new AssertionError(failure.message());
    };
  }
}
