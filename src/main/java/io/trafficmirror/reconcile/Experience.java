package io.trafficmirror.reconcile;

/**
 * What an environment of the function has learned of EC2 from its own writes.
 *
 * @param pacer how fast they may start
 * @param silence whether EC2 answers them at all
 * @param refusedTypes which instance types it refuses as sources
 * @param pools what it has said of targets on demand
 */
record Experience(WritePacer pacer, Silence silence, RefusedTypes refusedTypes, PoolMemory pools) {}
