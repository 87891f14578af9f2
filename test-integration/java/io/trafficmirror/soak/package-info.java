/**
 * The soak: a fleet that is launched, stopped, started, retagged and terminated for an hour of
 * embedded time while EC2 throttles, calls go wrong and processes are killed; in the end every
 * session is compared with a model of its own.
 *
 * <p>{@link io.trafficmirror.soak.Machine} and {@link io.trafficmirror.soak.Entry} are that model:
 * they say what must be true from what the soak itself did to the world, and share no code with the
 * product. {@link io.trafficmirror.soak.SessionJudge}, {@link io.trafficmirror.harness.Records},
 * {@link io.trafficmirror.soak.Poison}, {@link io.trafficmirror.soak.Watch} and {@link
 * io.trafficmirror.soak.Sensors} compare. {@code ./bench soak} runs it.
 *
 * <p>It may import {@code harness} and {@code embedded}, nothing of the product. For one thread,
 * the one that plays by the clock.
 */
@NullMarked
package io.trafficmirror.soak;

import org.jspecify.annotations.NullMarked;
