/**
 * Targets on demand: what is seen of the pools ({@link io.trafficmirror.pool.PoolReader}), what EC2
 * has answered about them lately ({@link io.trafficmirror.pool.PoolMemory}), whether another launch
 * makes sense ({@link io.trafficmirror.pool.LaunchGuard}), and what is left over ({@link
 * io.trafficmirror.pool.SweepPlan}). Which source gets which target is decided in {@code
 * mirror.Seating}.
 *
 * <p>Imports {@code mirror}, {@code port} and the JDK. Unless a type says otherwise, it is not safe
 * for use by several threads: one environment works on one batch at a time.
 */
@NullMarked
package io.trafficmirror.pool;

import org.jspecify.annotations.NullMarked;
