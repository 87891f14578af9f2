package io.trafficmirror.embedded.ec2;

import java.time.Instant;

/**
 * The moment at which the world is looked at.
 *
 * @param at the moment
 * @param truth whether it is now: then every write that was made counts, also one at this moment
 */
record View(Instant at, boolean truth) {}
