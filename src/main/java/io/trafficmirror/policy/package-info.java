/**
 * What should be true: the YAML of a mirror policy to a {@link io.trafficmirror.policy.PolicySet},
 * or to all of its problems at once, each with line and column.
 *
 * <p>Pure: it imports {@code mirror} and the YAML parser, reads no clock and does no I/O. Every
 * type is an immutable value or stateless, hence safe to share between threads.
 */
@NullMarked
package io.trafficmirror.policy;

import org.jspecify.annotations.NullMarked;
