/**
 * One suite of end-to-end scenarios and the worlds in which it runs. The scenarios are written once
 * and use only AWS's own APIs. A world provides these APIs, or most of them, and reports the
 * capabilities that it lacks.
 *
 * <pre>
 * Scenarios ─▶ World ┬ EmbeddedWorld    embedded AWS only, with the handler in this process
 *                    ├ MotoWorld        terraform apply to moto; a DeploymentDriver connects the parts
 *                    └ EmulatorWorld    terraform apply to an emulator that runs functions:
 *                                       at -Daws.endpoint, or LocalStack in a container
 * </pre>
 *
 * <p>A world that cannot be opened is skipped with the reason; it fails instead if {@code
 * -Dworlds.required} names it. {@code docs/WORLDS.md} lists what is real in each world.
 */
@NullMarked
package io.trafficmirror.worlds;

import org.jspecify.annotations.NullMarked;
