package io.trafficmirror.mirror;

import static io.trafficmirror.mirror.Fixtures.FILTER;
import static io.trafficmirror.mirror.Fixtures.PRIMARY;
import static io.trafficmirror.mirror.Fixtures.SCOPE;
import static io.trafficmirror.mirror.Fixtures.SOURCE;
import static io.trafficmirror.mirror.Fixtures.TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ActionTest {

  private static final Slot SLOT = new Slot("0a1b", 2, 0);
  private static final TargetRef PLANNED = new TargetRef.OfSlot(SLOT);
  private static final Action.CreateSession CREATE =
      new Action.CreateSession(SOURCE, "tags[0]", PLANNED, FILTER, 100);
  private static final Action.ModifySession MODIFY =
      new Action.ModifySession(SOURCE, "tags[0]", new SessionId("tms-1"), PLANNED, FILTER);

  @Test
  void throwsForTheTargetIdOfAPlannedTarget() {
    for (Action.Mirroring action : List.of(CREATE, MODIFY)) {
      assertThatIllegalStateException()
          .isThrownBy(action::targetId)
          .withMessageContaining("slot 2 of pool 0a1b");
      assertThat(action.withTarget(TARGET).targetId()).isEqualTo(TARGET);
    }
  }

  @Test
  void replacesThePlannedTargetAndNothingElse() {
    TargetRef existing = new TargetRef.Existing(TARGET);
    assertThat(CREATE.withTarget(TARGET))
        .isEqualTo(new Action.CreateSession(SOURCE, "tags[0]", existing, FILTER, 100));
    assertThat(MODIFY.withTarget(TARGET))
        .isEqualTo(new Action.ModifySession(SOURCE, "tags[0]", MODIFY.session(), existing, FILTER));
    assertThat(CREATE.scope()).isEqualTo(SCOPE);
  }

  @Test
  void keepsThePlannedReferenceWhenALaterGenerationIsLaunched() {
    TargetRef.Planned made = new TargetRef.OfSlot(SLOT);
    Action.CreateTarget create = new Action.CreateTarget(SCOPE, made, SLOT, Optional.empty());
    assertThat(create.forInstance(SLOT.next(), PRIMARY))
        .isEqualTo(new Action.CreateTarget(SCOPE, made, SLOT.next(), Optional.of(PRIMARY)));
  }
}
