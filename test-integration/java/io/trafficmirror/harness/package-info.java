/**
 * The parts that the demo, the laws, the pressure tests, the fault matrix, the soak and the
 * benchmarks share. Nothing in {@code embedded} or {@code contract} imports it.
 */
@NullMarked
package io.trafficmirror.harness;

import org.jspecify.annotations.NullMarked;
