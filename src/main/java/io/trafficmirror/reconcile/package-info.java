/**
 * The reconcile loop for a batch: it turns records into requests, runs rounds of observing,
 * assessing, planning and applying, handles the outcomes, and returns the record from which to
 * retry. {@link io.trafficmirror.reconcile.BatchProcessor} is the entry point; {@link
 * io.trafficmirror.reconcile.Pipeline} assembles the components.
 *
 * <p>It imports {@code event}, {@code mirror}, {@code port}, {@code write}, {@code pool}, {@code
 * run} and the JDK; time comes from {@link io.trafficmirror.port.Time} only. An environment
 * processes one batch at a time: unless a type says otherwise, it is not thread-safe.
 */
@NullMarked
package io.trafficmirror.reconcile;

import org.jspecify.annotations.NullMarked;
