package io.trafficmirror.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.FilterId;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.SessionId;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.mirror.Source;
import io.trafficmirror.mirror.SubnetId;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.mirror.TargetRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlanTextTest {

  private static final Scope SCOPE = new Scope("111122223333", "us-east-1");
  private static final Source SOURCE =
      new Source(SCOPE, new InstanceId("i-1"), new InterfaceId("eni-1"));
  private static final SessionId SESSION = new SessionId("tms-1");
  private static final TargetId TARGET = new TargetId("tmt-1");
  private static final FilterId FILTER = new FilterId("tmf-1");
  private static final Slot SLOT = new Slot("0a1b", 2, 1);
  private static final Pool POOL =
      new Pool("prod", "t3.micro", "ami-1", List.of("sg-2", "sg-1"), new SubnetId("subnet-1"));

  static Stream<Arguments> actions() {
    return Stream.of(
        Arguments.of(
            new Action.LaunchTarget(SCOPE, POOL, SLOT),
            "launch an instance into slot 2 of pool 0a1b, generation 1: t3.micro, ami-1, sg-1 and"
                + " sg-2 in subnet-1"),
        Arguments.of(
            new Action.CreateTarget(SCOPE, new TargetRef.OfSlot(SLOT), SLOT, Optional.empty()),
            "create the target to be created in slot 2 of pool 0a1b, generation 1"),
        Arguments.of(
            new Action.CreateTarget(
                SCOPE,
                new TargetRef.OfMember(new InstanceId("i-9")),
                SLOT,
                Optional.of(new InterfaceId("eni-9"))),
            "create the target to be created on i-9"),
        Arguments.of(
            new Action.TagTarget(SCOPE, TARGET, Map.of("b", "2", "a", "1")),
            "tag target tmt-1: [a, b]"),
        Arguments.of(new Action.DeleteTarget(SCOPE, TARGET), "delete target tmt-1"),
        Arguments.of(new Action.TerminateTarget(SCOPE, new InstanceId("i-9")), "terminate i-9"),
        Arguments.of(
            new Action.CreateSession(
                SOURCE, "tags[0]", new TargetRef.Existing(TARGET), FILTER, 100),
            "create session number 100 on eni-1 of i-1: to tmt-1 with tmf-1, entry tags[0]"),
        Arguments.of(
            new Action.CreateSession(SOURCE, "tags[0]", new TargetRef.OfSlot(SLOT), FILTER, 100),
            "create session number 100 on eni-1 of i-1: to the target to be created in slot 2 of"
                + " pool 0a1b, generation 1 with tmf-1, entry tags[0]"),
        Arguments.of(
            new Action.ModifySession(
                SOURCE, "tags[0]", SESSION, new TargetRef.Existing(TARGET), FILTER),
            "modify session tms-1 on eni-1 of i-1: to tmt-1 with tmf-1, entry tags[0]"),
        Arguments.of(
            new Action.TagSession(SOURCE, SESSION, Map.of("b", "2", "a", "1")),
            "tag session tms-1 on eni-1 of i-1: [a, b]"),
        Arguments.of(
            new Action.UntagSession(SOURCE, SESSION, Set.of("b", "a")),
            "untag session tms-1 on eni-1 of i-1: [a, b]"),
        Arguments.of(
            new Action.DeleteSession(SOURCE, SESSION), "delete session tms-1 on eni-1 of i-1"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("actions")
  void describesAnAction(Action action, String text) {
    assertThat(PlanText.of(action)).isEqualTo(text);
  }

  @Test
  void tableCoversEveryKindOfAction() {
    Set<Object> inTable =
        actions().map(arguments -> arguments.get()[0].getClass()).collect(Collectors.toSet());
    assertThat(inTable).isEqualTo(kinds(Action.class).collect(Collectors.toSet()));
  }

  private static Stream<Class<?>> kinds(Class<?> kind) {
    Class<?>[] permitted = kind.getPermittedSubclasses();
    return permitted == null ? Stream.of(kind) : Stream.of(permitted).flatMap(PlanTextTest::kinds);
  }
}
