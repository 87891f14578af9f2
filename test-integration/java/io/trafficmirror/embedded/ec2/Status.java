package io.trafficmirror.embedded.ec2;

import java.time.Duration;
import java.time.Instant;

/** A state transition: {@code first} until {@code settles}, {@code then} afterwards. */
record Status(State first, State then, Instant settles) {

  static Status settled(State state, Instant since) {
    return new Status(state, state, since);
  }

  static Status moving(State first, State then, Instant now, Duration takes) {
    return new Status(first, then, now.plus(takes));
  }

  State at(View view) {
    return view.at().isBefore(settles) ? first : then;
  }

  /** Whether the instance was terminated before that moment. */
  boolean isOverBefore(Instant moment) {
    return then == State.TERMINATED && settles.isBefore(moment);
  }

  /**
   * Whether the instance has been terminated for too long to be shown: about an hour (EC2 User
   * Guide).
   */
  boolean forgotten(View view) {
    return then == State.TERMINATED && settles.plus(Duration.ofHours(1)).isBefore(view.at());
  }
}
