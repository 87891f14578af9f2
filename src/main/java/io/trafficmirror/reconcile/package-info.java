/**
 * The loop for a batch: records to requests, rounds of observing, assessing, planning and applying,
 * outcomes, and the record that a retry has to start from. {@link
 * io.trafficmirror.reconcile.BatchProcessor} is the way in, {@link
 * io.trafficmirror.reconcile.Pipeline} puts the parts together.
 *
 * <p>It imports {@code event}, {@code mirror}, {@code port}, {@code write}, {@code pool}, {@code
 * run} and the JDK; time comes from {@link io.trafficmirror.port.Time} only. One environment works
 * on one batch at a time: unless a type says otherwise, it is not safe for use by several threads.
 */
@NullMarked
package io.trafficmirror.reconcile;

import org.jspecify.annotations.NullMarked;
