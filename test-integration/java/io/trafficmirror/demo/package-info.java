/**
 * The demo: a fleet, a policy and all three use cases on embedded AWS, with a verdict at the end.
 *
 * <p>What the pipeline should have done is computed here from the files themselves, by code that
 * shares nothing with the product: {@link io.trafficmirror.demo.Inventory} and {@link
 * io.trafficmirror.demo.WantedPolicy} read, {@link io.trafficmirror.demo.Expectation} decides, and
 * {@link io.trafficmirror.demo.Verdict} compares. The product is used by the deployment of {@link
 * io.trafficmirror.demo.World}, to report the problems of a policy file in {@link
 * io.trafficmirror.demo.PolicyFile}, and for the result of each instance in {@link
 * io.trafficmirror.demo.FleetReport}; {@link io.trafficmirror.harness.TargetPool} knows how the
 * product names a pool. Nowhere else.
 */
@NullMarked
package io.trafficmirror.demo;

import org.jspecify.annotations.NullMarked;
