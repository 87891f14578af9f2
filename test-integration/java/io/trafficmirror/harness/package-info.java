/**
 * What the tests that run the product on embedded AWS share: events, clocks, deployments, fleets
 * and the judge of the final state.
 */
@NullMarked
package io.trafficmirror.harness;

import org.jspecify.annotations.NullMarked;
