package io.trafficmirror.embedded.ec2;

import java.time.Instant;

/**
 * The state at a moment.
 *
 * @param at the moment
 * @param current whether it is the current state, which includes the writes of this very moment
 */
record View(Instant at, boolean current) {}
