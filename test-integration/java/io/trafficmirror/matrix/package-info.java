/**
 * The fault matrix: every fault in every use case of the pipeline, with one and several shards and
 * lanes. {@code FaultMatrixTest} runs it and writes {@code docs/RELIABILITY.md}; {@code
 * ReplayAfterFaultsIT} replays stored records with the commands of the runbooks.
 *
 * <p>It may import everything. Each run has its own virtual clock; runs share no state.
 */
@NullMarked
package io.trafficmirror.matrix;

import org.jspecify.annotations.NullMarked;
