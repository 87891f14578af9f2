/**
 * The benchmarks of {@code ./bench}, which measure the package or the classes of the product
 * against embedded AWS on this machine. Each is a subcommand of {@link
 * io.trafficmirror.bench.Bench} or a {@link io.trafficmirror.bench.Benchmark}, and the exit code
 * shows whether its bounds are met.
 */
@NullMarked
package io.trafficmirror.bench;

import org.jspecify.annotations.NullMarked;
