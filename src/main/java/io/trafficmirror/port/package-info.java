/**
 * Interfaces to everything outside this program: EC2, the stream, the failure bucket, the policy
 * source and the clock, with the values that they exchange ({@link io.trafficmirror.port.Answer},
 * {@link io.trafficmirror.port.Failure}, {@link io.trafficmirror.port.Deadline}).
 *
 * <p>Each interface has one implementation in {@code aws} or {@code lambda} and fakes in the tests.
 * Imports {@code mirror} and the JDK. Each interface documents whether it is safe for use by
 * several threads; everything else is an immutable value.
 */
@NullMarked
package io.trafficmirror.port;

import org.jspecify.annotations.NullMarked;
