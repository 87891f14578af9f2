package io.trafficmirror.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.fuzz.Corpus;
import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.Assessment;
import io.trafficmirror.mirror.DesiredSession;
import io.trafficmirror.mirror.Destination;
import io.trafficmirror.mirror.Entry;
import io.trafficmirror.mirror.FilterId;
import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.NetworkInterface;
import io.trafficmirror.mirror.Observation;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.Plan;
import io.trafficmirror.mirror.Planner;
import io.trafficmirror.mirror.PolicySet;
import io.trafficmirror.mirror.PoolInventory;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.Selection;
import io.trafficmirror.mirror.Selections;
import io.trafficmirror.mirror.Selector;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.SessionId;
import io.trafficmirror.mirror.SessionState;
import io.trafficmirror.mirror.Source;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.mirror.TargetRef;
import io.trafficmirror.mirror.VpcId;
import io.trafficmirror.mirror.WantedSession;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Ec2Reads.InstancePage;
import io.trafficmirror.port.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
 * Any response of EC2, parsed by the SDK, gives a value, and every id in the value was in the
 * response. An input's first line names the call.
 */
final class Ec2AnswerFuzzTest {
  private static final Corpus CORPUS = new Corpus("ec2-answers");

  private static final AnswerInputs INPUTS = new AnswerInputs();

  private static final Set<InstanceId> INSTANCES = Set.of(new InstanceId("i-0a1"));
  private static final InterfaceId ENI = new InterfaceId("eni-0a1");
  private static final TargetId TARGET = new TargetId("tmt-0a1");
  private static final FilterId FILTER = new FilterId("tmf-0a1");
  private static final Ownership OURS = new Ownership("prod");
  private static final VpcId VPC = new VpcId("vpc-0a1");
  private static final PolicySet POLICY =
      new PolicySet(
          List.of(
              new Entry(
                  new Selector.ByVpc(VPC),
                  new DesiredSession("vpcs[0]", new Destination.Fixed(TARGET), FILTER, 100))));
  private static final Scope SCOPE = new Scope("111122223333", "us-east-1");
  private static final Source SOURCE = new Source(SCOPE, new InstanceId("i-0a1"), ENI);
  private static final SessionId SESSION = new SessionId("tms-0a1");
  private static final Action.CreateSession CREATE =
      new Action.CreateSession(SOURCE, "vpcs[0]", new TargetRef.Existing(TARGET), FILTER, 100);
  private static final Action.ModifySession MODIFY =
      new Action.ModifySession(SOURCE, "vpcs[0]", SESSION, new TargetRef.Existing(TARGET), FILTER);

  /** Placeholder ids of our own that a value may contain if the response has none. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile("tm[tf]-not-shown|tms-not-shown(-\\d+-[0-9a-f]{8})?");

  private enum Call {
    INSTANCES,
    PAGE,
    SESSIONS,
    TARGETS,
    MEMBERS,
    CREATE,
    MODIFY,
    DELETE,
    TAG,
    UNTAG
  }

  /** Uses jqwik's default number of tries, so that CI can set it. */
  @Property(edgeCases = EdgeCasesMode.NONE)
  void returnsAValueForAnyResponse(@ForAll("answers") byte[] input) {
    Statistics.label("answer")
        .collect(CORPUS.check(input, Ec2AnswerFuzzTest::check))
        .coverage(
            kinds -> {
              kinds.check("Got").percentage(percent -> percent > 10);
              kinds.check("Failed").percentage(percent -> percent > 5);
            });
  }

  @Test
  void returnsAValueForTheWholeCorpus() {
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
      case SessionId deleted -> assertThat(deleted).isEqualTo(SESSION);
      case String tagged -> assertThat(tagged).isEqualTo("tms-0a1");
      default -> throw new AssertionError("unexpected value: " + item);
    }
  }

  /** Its ids were in the response, and it can be matched against a policy. */
  private static void check(Instance instance, String shown) {
    AnswerInputs.assertShown(instance.id().value(), shown);
    instance.subnet().ifPresent(subnet -> AnswerInputs.assertShown(subnet.value(), shown));
    instance.vpc().ifPresent(vpc -> AnswerInputs.assertShown(vpc.value(), shown));
    instance.interfaces().forEach(each -> AnswerInputs.assertShown(each.id().value(), shown));
    Selection selection =
        Selections.of(SCOPE, List.of(instance), Set.of(), POLICY, OURS)
            .of(instance.id())
            .orElseThrow();
    if (selection instanceof Selection.Selected(WantedSession wanted)) {
      assertThat(instance.state().canBeMirrored()).isTrue();
      assertThat(instance.primaryInterface().map(NetworkInterface::id))
          .contains(wanted.source().networkInterface());
    }
  }

  private static void check(PoolMember member, String shown) {
    AnswerInputs.assertShown(member.id().value(), shown);
    member.primary().ifPresent(primary -> AnswerInputs.assertShown(primary.value(), shown));
    assertThat(shown).contains(OURS.deployment());
  }

  private static void check(MirrorTarget target, String shown) {
    AnswerInputs.assertShown(target.id().value(), shown);
    target.networkInterface().ifPresent(each -> AnswerInputs.assertShown(each.value(), shown));
  }

  private static void check(Session session, String shown) {
    boolean ownWrite = session.source().equals(ENI);
    for (String id :
        List.of(session.id().value(), session.target().value(), session.filter().value())) {
      if (!PLACEHOLDER.matcher(id).matches() && !(ownWrite && id.endsWith("-0a1"))) {
        AnswerInputs.assertShown(id, shown);
      }
    }
    Instance mirrored = mirrored(session.source());
    Map<InterfaceId, List<Session>> sessions = Map.of(session.source(), List.of(session));
    List<SessionState> states =
        Assessment.of(
                new Observation(SCOPE, List.of(mirrored), Set.of(), sessions, PoolInventory.EMPTY),
                POLICY,
                OURS,
                Instant.EPOCH)
            .stream()
            .map(Assessment.Row::state)
            .toList();
    Plan plan =
        Planner.plan(
            states, PoolInventory.EMPTY, new Planner.Allowance(0, Set.of(), each -> false));
    if (!OURS.owns(session)) {
      assertThat(plan.actions())
          .as("a foreign session is never changed")
          .allMatch(action -> action instanceof Action.CreateSession);
    }
  }

  /** An instance that the policy selects, with this primary interface. */
  private static Instance mirrored(InterfaceId primary) {
    return new Instance(
        new InstanceId("i-0a1"),
        InstanceState.RUNNING,
        "m5.large",
        Map.of(),
        Optional.empty(),
        Optional.of(VPC),
        List.of(
            new NetworkInterface(
                primary, OptionalInt.of(0), 0, Optional.empty(), Optional.of(VPC))));
  }

  private static Answer<?> answer(byte[] input) {
    INPUTS.answerWith(input);
    SdkEc2Reads reads = INPUTS.reads;
    SdkEc2Writes writes = INPUTS.writes;
    Deadline inAMinute = INPUTS.inAMinute();
    return switch (Call.valueOf(AnswerInputs.callOf(input))) {
      case INSTANCES -> reads.instances(INSTANCES, inAMinute);
      case PAGE -> reads.page(200, Optional.empty(), inAMinute);
      case SESSIONS -> reads.sessions(Set.of(ENI), inAMinute);
      case TARGETS -> reads.targets(inAMinute);
      case MEMBERS -> reads.poolMembers(OURS, inAMinute);
      case CREATE -> writes.createSession(CREATE, Map.of("k", "v"), "token", inAMinute);
      case MODIFY -> writes.modifySession(MODIFY, inAMinute);
      case DELETE -> writes.deleteSession(SESSION, inAMinute);
      case TAG -> writes.tag("tms-0a1", Map.of("k", "v"), inAMinute);
      case UNTAG -> writes.untag("tms-0a1", Set.of("k"), inAMinute);
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

  /** The recorded responses for a call. */
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
      case DELETE -> List.of("delete-session", "error");
      case TAG -> List.of("create-tags", "error");
      case UNTAG -> List.of("delete-tags", "error");
    };
  }
}
