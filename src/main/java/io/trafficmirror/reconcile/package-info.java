/**
 * The loop: records to a set of instances, observe, plan, apply, outcomes, and which record a retry
 * has to start from.
 *
 * <p>It imports {@code event}, {@code mirror}, {@code port} and the JDK; time comes from {@link
 * io.trafficmirror.port.Time} only. One environment works on one batch at a time: unless a type
 * says otherwise, it is not safe for use by several threads.
 */
@NullMarked
package io.trafficmirror.reconcile;

import org.jspecify.annotations.NullMarked;
