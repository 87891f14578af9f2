/**
 * The fault matrix: everything that can go wrong, in everything that the pipeline does, with one
 * and several shards and lanes. {@code FaultMatrixTest} plays it and writes the table of {@code
 * docs/RELIABILITY.md}; {@code ReplayAfterFaultsIT} puts back what was kept, by the commands of the
 * runbooks.
 *
 * <p>It may import everything. One run lives by a clock of its own; runs share nothing.
 */
@NullMarked
package io.trafficmirror.matrix;

import org.jspecify.annotations.NullMarked;
