/**
 * The soak test: for an hour of virtual time, instances launch, stop, start, change tags and
 * terminate while EC2 throttles, calls fail and processes are killed. Then an independent model
 * checks every session.
 *
 * <p>{@link io.trafficmirror.soak.ModelInstance} and {@link io.trafficmirror.soak.PolicyEntry} are
 * that model. They derive the expected sessions from the changes that the soak itself made, and
 * share no code with the product. {@link io.trafficmirror.soak.SessionJudge}, {@link
 * io.trafficmirror.harness.DeliveryTracker}, {@link io.trafficmirror.soak.Poison}, {@link
 * io.trafficmirror.soak.SessionWatch} and {@link io.trafficmirror.soak.TargetsOnDemand} compare the
 * state with it. {@code ./bench soak} runs the test.
 *
 * <p>It may import {@code harness} and {@code embedded}, nothing of the product. Not thread-safe:
 * only the thread of the virtual clock may use it.
 */
@NullMarked
package io.trafficmirror.soak;

import org.jspecify.annotations.NullMarked;
