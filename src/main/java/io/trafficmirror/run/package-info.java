/**
 * What spans the fleet: backfill runs, each a chain of page records. {@link
 * io.trafficmirror.run.BackfillRun} decides what comes after a page; putting the next page on the
 * stream is left to the loop.
 *
 * <p>Imports {@code mirror}, {@code port}, {@code event} (a page is an event of our own) and the
 * JDK. Everything is an immutable value or stateless.
 */
@NullMarked
package io.trafficmirror.run;

import org.jspecify.annotations.NullMarked;
