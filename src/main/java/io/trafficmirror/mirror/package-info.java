/**
 * The domain: the observed state of EC2, the state that a policy requires, and the plan that leads
 * from one to the other.
 *
 * <p>Pure: it imports the JDK and nothing else, reads no clock and does no I/O. Every type is an
 * immutable value and safe to share between threads.
 */
@NullMarked
package io.trafficmirror.mirror;

import org.jspecify.annotations.NullMarked;
