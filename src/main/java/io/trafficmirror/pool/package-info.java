/**
 * On-demand targets: reads of the pools ({@link io.trafficmirror.pool.PoolReader}), EC2's recent
 * answers about them ({@link io.trafficmirror.pool.PoolMemory}), the decision to put launches on
 * hold ({@link io.trafficmirror.pool.LaunchGuard}), and the removal of unused targets ({@link
 * io.trafficmirror.pool.SweepPlan}). {@code mirror.Seating} assigns sources to targets.
 *
 * <p>Imports {@code mirror}, {@code port} and the JDK. Unless a type says otherwise, it is not safe
 * for use by several threads: one environment works on one batch at a time.
 */
@NullMarked
package io.trafficmirror.pool;

import org.jspecify.annotations.NullMarked;
