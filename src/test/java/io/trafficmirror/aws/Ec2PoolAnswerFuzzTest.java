package io.trafficmirror.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.fuzz.Corpus;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.PoolView;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.mirror.SubnetId;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Failure;
import java.time.Instant;
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
 * Like {@link Ec2AnswerFuzzTest}, for the calls of targets on demand: the id of a launched instance
 * or created target was in the response, a removal returns the requested id, and a pool view
 * accepts any members.
 */
final class Ec2PoolAnswerFuzzTest {
  private static final Corpus CORPUS = new Corpus("ec2-pool-answers");
  private static final AnswerInputs INPUTS = new AnswerInputs();
  private static final Ownership OURS = new Ownership("prod");
  private static final Pool POOL =
      new Pool("prod", "c5.large", "ami-1", List.of("sg-1"), new SubnetId("subnet-1"));
  private static final Map<String, String> TAGS = OURS.slotTags(new Slot("0a1b", 2, 1));
  private static final InterfaceId ENI = new InterfaceId("eni-0a9");
  private static final TargetId TARGET = new TargetId("tmt-0a9");
  private static final InstanceId INSTANCE = new InstanceId("i-0a9");

  /** Placeholder ids of our own that a session may contain if the response has none. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile("tm[tf]-not-shown|tms-not-shown(-\\d+-[0-9a-f]{8})?");

  private enum Call {
    MEMBERS,
    SESSIONS_TO,
    LAUNCH,
    CREATE_TARGET,
    DELETE_TARGET,
    TERMINATE
  }

  /** Uses jqwik's default number of tries, so that CI can set it. */
  @Property(edgeCases = EdgeCasesMode.NONE)
  void returnsAValueForAnyResponse(@ForAll("answers") byte[] input) {
    Statistics.label("answer")
        .collect(CORPUS.check(input, Ec2PoolAnswerFuzzTest::check))
        .coverage(
            kinds -> {
              for (Call call : Call.values()) {
                kinds.check(call + " Got").percentage(percent -> percent > 1);
                kinds.check(call + " Failed").percentage(percent -> percent > 1);
              }
            });
  }

  @Test
  void returnsAValueForTheWholeCorpus() {
    CORPUS.replay(Ec2PoolAnswerFuzzTest::check);
  }

  private static String check(byte[] input) {
    Call call = Call.valueOf(AnswerInputs.callOf(input));
    String shown = AnswerInputs.shownIn(input);
    Answer<?> answer = answer(call, input);
    switch (answer) {
      case Answer.Failed<?>(Failure failure) -> {
        assertThat(failure.code()).isNotEmpty();
        assertThat(failure.message()).hasSizeBetween(1, 2_000);
      }
      case Answer.Got<?>(List<?> items) -> items.forEach(item -> check(item, shown));
      case Answer.Got<?>(var item) -> check(item, shown);
    }
    return call + " " + answer.getClass().getSimpleName();
  }

  private static void check(Object item, String shown) {
    switch (item) {
      case PoolMember member -> check(member, shown);
      case Session session -> check(session, shown);
      case MirrorTarget target -> {
        AnswerInputs.assertShown(target.id().value(), shown);
        assertThat(target).isEqualTo(new MirrorTarget(target.id(), Optional.of(ENI), TAGS));
      }
      case TargetId removed -> assertThat(removed).isEqualTo(TARGET);
      case InstanceId ended -> assertThat(ended).isEqualTo(INSTANCE);
      default -> throw new AssertionError("unexpected value: " + item);
    }
  }

  /**
   * Its ids and this deployment's tag were in the response, and a view of its pool can be built.
   */
  private static void check(PoolMember member, String shown) {
    AnswerInputs.assertShown(member.id().value(), shown);
    member.primary().ifPresent(primary -> AnswerInputs.assertShown(primary.value(), shown));
    assertThat(shown).contains(OURS.deployment(), Ownership.POOL_TAG);
    member.slot().ifPresent(slot -> assertThat(slot.pool()).isEqualTo(member.pool()));
    member.slot().ifPresent(slot -> assertThat(slot.next().launchToken()).hasSizeBetween(1, 64));
    PoolView view =
        new PoolView(
            POOL,
            List.of(ofOurPool(member), ofOurPool(member)),
            Map.of(ENI, new MirrorTarget(TARGET, Optional.of(ENI), TAGS)),
            Map.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Instant.EPOCH);
    assertThat(view.members()).hasSize(2);
    assertThat(view.liveTargets().keySet())
        .isEqualTo(
            member.isAlive() && member.primary().equals(Optional.of(ENI))
                ? Set.of(TARGET)
                : Set.of());
  }

  private static PoolMember ofOurPool(PoolMember member) {
    return new PoolMember(
        member.id(),
        member.state(),
        member.type(),
        POOL.digest(),
        member.slot(),
        member.primary(),
        member.launchedAt());
  }

  private static void check(Session session, String shown) {
    AnswerInputs.assertShown(session.source().value(), shown);
    for (String id :
        List.of(session.id().value(), session.target().value(), session.filter().value())) {
      if (!PLACEHOLDER.matcher(id).matches()) {
        AnswerInputs.assertShown(id, shown);
      }
    }
  }

  private static Answer<?> answer(Call call, byte[] input) {
    INPUTS.answerWith(input);
    SdkEc2Reads reads = INPUTS.reads;
    SdkEc2Writes writes = INPUTS.writes;
    Deadline inAMinute = INPUTS.inAMinute();
    return switch (call) {
      case MEMBERS -> reads.poolMembers(OURS, inAMinute);
      case SESSIONS_TO -> reads.sessionsTo(Set.of(TARGET), inAMinute);
      case LAUNCH -> writes.launch(POOL, TAGS, "token", OURS, inAMinute);
      case CREATE_TARGET -> writes.createTarget(ENI, TAGS, "token", inAMinute);
      case DELETE_TARGET -> writes.deleteTarget(TARGET, inAMinute);
      case TERMINATE -> writes.terminate(INSTANCE, inAMinute);
    };
  }

  @Provide
  Arbitrary<byte[]> answers() {
    return Arbitraries.randomValue(Ec2PoolAnswerFuzzTest::input);
  }

  private static byte[] input(Random random) {
    Call call = Call.values()[random.nextInt(Call.values().length)];
    return AnswerInputs.changed(random, call, filesFor(call));
  }

  /** The recorded responses for a call. */
  private static List<String> filesFor(Call call) {
    return switch (call) {
      case MEMBERS ->
          List.of("describe-pool-members", "describe-members-of-two-deployments", "error");
      case SESSIONS_TO -> List.of("describe-sessions", "describe-sessions-odd", "error");
      case LAUNCH -> List.of("run-instances", "error");
      case CREATE_TARGET -> List.of("create-target", "error");
      case DELETE_TARGET -> List.of("delete-target", "error");
      case TERMINATE -> List.of("terminate-instances", "error");
    };
  }
}
