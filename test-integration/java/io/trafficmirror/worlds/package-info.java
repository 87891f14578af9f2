/**
 * One suite of scenarios from end to end, and the worlds that it runs in. The scenarios are written
 * once, against AWS's own APIs only; a world is a place that has them, or most of them, and says by
 * name what it has not.
 *
 * <pre>
 * Scenarios ─▶ World ┬ EmbeddedWorld    embedded AWS alone, the handler in this process
 *                    ├ MotoWorld        terraform apply onto moto; a Pump does what moto does not
 *                    └ EmulatorWorld    terraform apply onto an emulator that runs functions:
 *                                       at -Daws.endpoint, or LocalStack in a container
 * </pre>
 *
 * <p>A world that cannot be opened is skipped with its reason, and fails where {@code
 * -Dworlds.required} names it. {@code docs/WORLDS.md} says what is real in each.
 */
@NullMarked
package io.trafficmirror.worlds;

import org.jspecify.annotations.NullMarked;
