/**
 * The demo: a fleet, a policy and all three use cases on embedded AWS, with a final verdict.
 *
 * <p>The expected state is computed from the input files by code that is independent of the
 * product: {@link io.trafficmirror.demo.Inventory} and {@link io.trafficmirror.demo.WantedPolicy}
 * read the files, {@link io.trafficmirror.demo.Expectation} computes the expectation, and {@link
 * io.trafficmirror.demo.Verdict} compares. The product is used only in the deployment of {@link
 * io.trafficmirror.demo.World}, for the problems of a policy in {@link
 * io.trafficmirror.demo.PolicyFile}, and for the result of each instance in {@link
 * io.trafficmirror.demo.FleetReport}; {@link io.trafficmirror.harness.TargetPool} converts pools of
 * the product.
 */
@NullMarked
package io.trafficmirror.demo;

import org.jspecify.annotations.NullMarked;
