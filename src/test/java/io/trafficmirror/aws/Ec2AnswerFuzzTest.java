package io.trafficmirror.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.fuzz.Corpus;
import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.DesiredSession;
import io.trafficmirror.mirror.Destination;
import io.trafficmirror.mirror.FilterId;
import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.NetworkInterface;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.Plan;
import io.trafficmirror.mirror.Planner;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Screening;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.SessionId;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Ec2.InstancePage;
import io.trafficmirror.port.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/**
 * Whatever EC2 answers, through the SDK's own reading of it: every call ends with a value, and no
 * id is in it that EC2 did not show. An input's first line names the call.
 */
final class Ec2AnswerFuzzTest {
  private static final Corpus CORPUS = new Corpus("ec2-answers");

  private static final AnswerInputs INPUTS = new AnswerInputs();

  private static final Set<InstanceId> INSTANCES = Set.of(new InstanceId("i-0a1"));
  private static final InterfaceId SOURCE = new InterfaceId("eni-0a1");
  private static final TargetId TARGET = new TargetId("tmt-0a1");
  private static final FilterId FILTER = new FilterId("tmf-0a1");
  private static final Ownership OURS = new Ownership("prod");
  private static final DesiredSession WANTED =
      new DesiredSession("vpcs[0]", new Destination.Fixed(TARGET), FILTER, 100);
  private static final Action.CreateSession CREATE =
      new Action.CreateSession(new InstanceId("i-0a1"), SOURCE, "vpcs[0]", TARGET, FILTER, 100);
  private static final Action.ModifySession MODIFY =
      new Action.ModifySession(
          new InstanceId("i-0a1"), SOURCE, "vpcs[0]", new SessionId("tms-0a1"), TARGET, FILTER);

  /** What of our own an answer may hold where EC2 shows nothing. */
  private static final Pattern OUR_PLACEHOLDER =
      Pattern.compile("tm[tf]-not-shown|tms-not-shown(-\\d+-[0-9a-f]{8})?");

  private enum Call {
    INSTANCES,
    PAGE,
    SESSIONS,
    TARGETS,
    MEMBERS,
    CREATE,
    MODIFY
  }

  /** The number of inputs is jqwik's default, so that CI can set it. */
  @Property(edgeCases = EdgeCasesMode.NONE)
  void whateverEc2AnswersIsAValue(@ForAll("answers") byte[] input) {
    Statistics.label("answer")
        .collect(CORPUS.check(input, Ec2AnswerFuzzTest::check))
        .coverage(
            kinds -> {
              kinds.check("Got").percentage(percent -> percent > 10);
              kinds.check("Failed").percentage(percent -> percent > 5);
            });
  }

  @Test
  void whatOnceFoundSomethingIsAValue() {
    CORPUS.replay(Ec2AnswerFuzzTest::check);
  }

  private static String check(byte[] input) {
    String shown = AnswerInputs.shownIn(input);
    Answer<?> answer = answer(input);
    switch (answer) {
      case Answer.Failed<?>(Failure failure) -> {
        assertThat(failure.code()).isNotEmpty();
        assertThat(failure.message()).hasSizeBetween(1, 2_000);
      }
      case Answer.Got<?>(List<?> items) -> items.forEach(item -> check(item, shown));
      case Answer.Got<?>(InstancePage page) -> {
        page.instances().forEach(instance -> check(instance, shown));
        page.nextToken().ifPresent(token -> assertThat(shown).contains(token));
      }
      case Answer.Got<?>(var item) -> check(item, shown);
    }
    return answer.getClass().getSimpleName();
  }

  private static void check(Object item, String shown) {
    switch (item) {
      case Instance instance -> check(instance, shown);
      case Session session -> check(session, shown);
      case MirrorTarget target -> check(target, shown);
      case PoolMember member -> check(member, shown);
      default -> throw new AssertionError("nobody asked for " + item);
    }
  }

  /** Its ids are EC2's, and whatever it is, the planner has a plan for it. */
  private static void check(Instance instance, String shown) {
    AnswerInputs.isShown(instance.id().value(), shown);
    instance.subnet().ifPresent(subnet -> AnswerInputs.isShown(subnet.value(), shown));
    instance.vpc().ifPresent(vpc -> AnswerInputs.isShown(vpc.value(), shown));
    instance.interfaces().forEach(each -> AnswerInputs.isShown(each.id().value(), shown));
    Screening screening = Planner.screen(instance, Set.of(), Optional.of(WANTED), OURS);
    if (screening instanceof Screening.Candidate candidate) {
      assertThat(instance.state().canBeMirrored()).isTrue();
      assertThat(instance.primaryInterface().map(NetworkInterface::id))
          .contains(candidate.source());
    }
  }

  private static void check(PoolMember member, String shown) {
    AnswerInputs.isShown(member.id().value(), shown);
    member.primary().ifPresent(primary -> AnswerInputs.isShown(primary.value(), shown));
    assertThat(shown).contains(OURS.deployment());
  }

  private static void check(MirrorTarget target, String shown) {
    AnswerInputs.isShown(target.id().value(), shown);
    target.networkInterface().ifPresent(each -> AnswerInputs.isShown(each.value(), shown));
  }

  private static void check(Session session, String shown) {
    boolean ownWrite = session.source().equals(SOURCE);
    for (String id :
        List.of(session.id().value(), session.target().value(), session.filter().value())) {
      if (!OUR_PLACEHOLDER.matcher(id).matches() && !(ownWrite && id.endsWith("-0a1"))) {
        AnswerInputs.isShown(id, shown);
      }
    }
    Plan plan =
        Planner.plan(
            new Screening.Candidate(
                new InstanceId("i-0a1"),
                session.source(),
                "vpcs[0]",
                new Screening.Aim.Target(TARGET),
                FILTER,
                100),
            TARGET,
            Set.of(TARGET),
            List.of(session),
            OURS);
    if (!OURS.owns(session) && plan instanceof Plan.Act act) {
      assertThat(act.actions())
          .as("a foreign session is never changed")
          .allMatch(action -> action instanceof Action.CreateSession);
    }
  }

  private static Answer<?> answer(byte[] input) {
    SdkEc2 ec2 = INPUTS.answering(input);
    Deadline inAMinute = INPUTS.inAMinute();
    return switch (Call.valueOf(AnswerInputs.callOf(input))) {
      case INSTANCES -> ec2.instances(INSTANCES, inAMinute);
      case PAGE -> ec2.page(200, Optional.empty(), inAMinute);
      case SESSIONS -> ec2.sessions(Set.of(SOURCE), inAMinute);
      case TARGETS -> ec2.targets(inAMinute);
      case MEMBERS -> ec2.poolMembers(OURS, inAMinute);
      case CREATE -> ec2.create(CREATE, Map.of("k", "v"), "token", inAMinute);
      case MODIFY -> ec2.modify(MODIFY, inAMinute);
    };
  }

  @Provide
  Arbitrary<byte[]> answers() {
    return Arbitraries.randomValue(Ec2AnswerFuzzTest::input);
  }

  private static byte[] input(Random random) {
    Call call = Call.values()[random.nextInt(Call.values().length)];
    List<String> files = filesFor(call);
    return AnswerInputs.changed(random, call, files);
  }

  /** The answers that are changed for a call. */
  private static List<String> filesFor(Call call) {
    return switch (call) {
      case INSTANCES ->
          List.of(
              "describe-instances",
              "describe-instances-first-page",
              "describe-instances-odd",
              "error");
      case PAGE -> List.of("describe-instances", "describe-instances-empty-page", "error");
      case MEMBERS -> List.of("describe-pool-members", "describe-instances-odd", "error");
      case SESSIONS -> List.of("describe-sessions", "describe-sessions-odd", "error");
      case TARGETS -> List.of("describe-targets-first-page", "describe-targets-last-page", "error");
      case CREATE -> List.of("create-session", "create-session-nothing", "error");
      case MODIFY -> List.of("modify-session", "modify-session-nothing", "error");
    };
  }
}
