/**
 * Runs the function's package as Lambda does: unpacked, in its own JVM with Lambda's flags, under
 * AWS's Lambda runtime interface client, with exactly the applied settings. The client connects to
 * {@link io.trafficmirror.function.RuntimeApi}, which implements the API that AWS documents for
 * custom runtimes. This package does not depend on the product.
 *
 * <p>Not implemented: Lambda's sandbox (file system, CPU share, memory limit of the process) and
 * real snapshots. The snapshot hooks run, with a pause between them, in the same process.
 */
@NullMarked
package io.trafficmirror.function;

import org.jspecify.annotations.NullMarked;
