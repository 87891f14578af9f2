package io.trafficmirror.write;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Failure;
import java.util.Optional;

/**
 * Remembers EC2's answers, so that a write with a known answer is not sent. The writer calls it
 * from its own thread only.
 */
public interface WriteMemory {

  /** Remembers nothing. */
  WriteMemory NONE =
      new WriteMemory() {
        @Override
        public Optional<Failure> knownFailure(Action action) {
          return Optional.empty();
        }

        @Override
        public void record(Action action, Answer<Effect> answer) {
          // Nothing is remembered.
        }
      };

  /**
   * The remembered refusal that applies to the action; empty if the action has to be sent. Called
   * immediately before the action starts.
   */
  Optional<Failure> knownFailure(Action action);

  /**
   * Records EC2's answer to an action. Not called for throttles and other answers that lead to a
   * retry.
   */
  void record(Action action, Answer<Effect> answer);
}
