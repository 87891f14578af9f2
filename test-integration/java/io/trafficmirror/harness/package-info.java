/**
 * Shared support for tests on embedded AWS: events, clocks, deployments, fleets, and the comparison
 * of the actual with the expected sessions.
 */
@NullMarked
package io.trafficmirror.harness;

import org.jspecify.annotations.NullMarked;
