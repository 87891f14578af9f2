/**
 * Targets on demand: reads of the pools ({@link io.trafficmirror.pool.PoolReader}), EC2's recent
 * answers about them ({@link io.trafficmirror.pool.PoolMemory}), the decision to put launches on
 * hold ({@link io.trafficmirror.pool.LaunchGuard}), and the removal of unused targets ({@link
 * io.trafficmirror.pool.SweepPlan}). {@code mirror.Seating} assigns sources to targets.
 *
 * <p>Imports {@code mirror}, {@code port} and the JDK. Types are not safe for use by several
 * threads unless they document otherwise: an environment processes one batch at a time.
 */
@NullMarked
package io.trafficmirror.pool;

import org.jspecify.annotations.NullMarked;
