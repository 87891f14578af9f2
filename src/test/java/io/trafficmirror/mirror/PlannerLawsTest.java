package io.trafficmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PlannerLawsTest {

  private static final Ownership OURS = new Ownership("prod");

  @Property
  void applyingAPlanAndPlanningAgainGivesNothing(
      @ForAll("interfaces") List<Session> before, @ForAll("numbers") int number) {
    List<Session> after = applied(plan(before, number), before);
    assertThat(plan(after, number)).isInstanceOf(Plan.Nothing.class);
  }

  @Property
  void foreignSessionsAreNeverTouched(
      @ForAll("interfaces") List<Session> before, @ForAll("numbers") int number) {
    List<Session> after = applied(plan(before, number), before);
    assertThat(after).containsAll(before.stream().filter(s -> !OURS.owns(s)).toList());
  }

  @Property
  void noQuotaIsPassedAndNoNumberIsTakenTwice(
      @ForAll("interfaces") List<Session> before, @ForAll("numbers") int number) {
    List<Session> after = applied(plan(before, number), before);
    assertThat(after).hasSizeLessThanOrEqualTo(3);
    assertThat(after).extracting(Session::number).doesNotHaveDuplicates();
    assertThat(after).extracting(Session::number).allMatch(n -> n >= 1 && n <= 32_766);
  }

  @Property
  void theOrderInWhichSessionsAreReadChangesNothing(
      @ForAll("interfaces") List<Session> before, @ForAll("numbers") int number) {
    assertThat(plan(before.reversed(), number)).isEqualTo(plan(before, number));
  }

  private static Plan plan(List<Session> sessions, int number) {
    return PlannerTest.plan(PlannerTest.running(), sessions, Set.of(), PlannerTest.wanted(number));
  }

  /** What EC2 would make of it. */
  private static List<Session> applied(Plan plan, List<Session> before) {
    List<Session> after = new ArrayList<>(before);
    if (plan instanceof Plan.Act(List<Action> actions)) {
      actions.forEach(action -> apply(action, after));
    }
    return after;
  }

  private static void apply(Action action, List<Session> sessions) {
    switch (action) {
      case Action.CreateSession create ->
          sessions.add(
              new Session(
                  new SessionId("tms-new"),
                  create.source(),
                  create.target(),
                  create.filter(),
                  create.number(),
                  OURS.sessionTags(create.entry(), create.instance(), Trigger.LAUNCH)));
      case Action.ModifySession modify ->
          sessions.replaceAll(
              s ->
                  s.id().equals(modify.session())
                      ? new Session(
                          s.id(),
                          s.source(),
                          modify.target(),
                          modify.filter(),
                          s.number(),
                          s.tags())
                      : s);
    }
  }

  @Provide
  Arbitrary<Integer> numbers() {
    return Arbitraries.of(1, 2, 100, 101, 32_765, 32_766);
  }

  /**
   * Up to three sessions with different numbers on the interface, some of them ours, near the
   * wanted numbers.
   */
  @Provide
  Arbitrary<List<Session>> interfaces() {
    Arbitrary<Session> session =
        Combinators.combine(
                numbers(),
                Arbitraries.of("tmt-1", "tmt-2"),
                Arbitraries.of("tmf-1", "tmf-2"),
                Arbitraries.of("prod", "other", ""))
            .as(
                (number, target, filter, deployment) ->
                    new Session(
                        new SessionId("tms-" + number),
                        new InterfaceId("eni-1"),
                        new TargetId(target),
                        new FilterId(filter),
                        number,
                        deployment.isEmpty()
                            ? Map.of()
                            : Map.of(Ownership.DEPLOYMENT_TAG, deployment)));
    return session.list().ofMaxSize(3).uniqueElements(Session::number);
  }
}
