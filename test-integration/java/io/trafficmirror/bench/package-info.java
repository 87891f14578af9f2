/**
 * The benchmarks behind {@code ./bench}: what they measure is the package or the product's classes
 * against embedded AWS, on this machine. Each is a subcommand of {@link
 * io.trafficmirror.bench.Bench} in a class of its own; it says what it must reach, and its exit
 * code says whether it did.
 */
@NullMarked
package io.trafficmirror.bench;

import org.jspecify.annotations.NullMarked;
