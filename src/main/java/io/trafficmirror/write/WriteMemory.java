package io.trafficmirror.write;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Failure;
import java.util.Optional;

/**
 * What is remembered of EC2's answers, so that a write whose answer is known is not made. The
 * writer consults it from its own thread only.
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
          // It is not remembered.
        }
      };

  /**
   * How EC2 would refuse the action, as far as is remembered; empty where it has to be tried.
   * Consulted right before the action starts.
   */
  Optional<Failure> knownFailure(Action action);

  /** EC2 has answered the action; throttles and answers that are tried again are left out. */
  void record(Action action, Answer<Effect> answer);
}
