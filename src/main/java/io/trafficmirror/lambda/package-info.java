/**
 * The runtime: Lambda's types to records and back, settings, wiring, logs and metrics.
 *
 * <p>The only package that imports Lambda's types, and the only one that reads the clock or the
 * environment. Lambda calls one environment with one batch at a time; nothing here is meant for
 * several threads.
 */
@NullMarked
package io.trafficmirror.lambda;

import org.jspecify.annotations.NullMarked;
