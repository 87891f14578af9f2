/**
 * The function's package as Lambda runs it: unpacked, in a JVM of its own with Lambda's flags,
 * under AWS's runtime interface client, with exactly the applied settings. The runtime API that the
 * client speaks to is {@link io.trafficmirror.function.RuntimeApi}; it keeps the contract that AWS
 * documents for custom runtimes. Nothing here knows the product.
 *
 * <p>What is not here: Lambda's sandbox (file system, CPU share, memory limit of the process) and a
 * real snapshot. A snapshot's hooks run, with a pause between them; the process stays the same.
 */
@NullMarked
package io.trafficmirror.function;

import org.jspecify.annotations.NullMarked;
