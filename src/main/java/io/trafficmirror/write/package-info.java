/**
 * The only way to change EC2: every {@link io.trafficmirror.mirror.Action} goes through {@link
 * io.trafficmirror.write.Writer}, which paces it according to the rate of its API, retries it, and
 * returns EC2's answer. It does not interpret the answer.
 *
 * <p>Imports {@code mirror}, {@code port} and the JDK. Types are not safe for use by several
 * threads unless they document otherwise: an environment processes one batch at a time.
 */
@NullMarked
package io.trafficmirror.write;

import org.jspecify.annotations.NullMarked;
