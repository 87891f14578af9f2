/**
 * Backfill runs over the whole fleet, each a chain of page records. {@link
 * io.trafficmirror.run.BackfillRun} decides how a run proceeds after a page; the caller puts the
 * next page on the stream.
 *
 * <p>Imports {@code mirror}, {@code port}, {@code event} (a page is one of this program's own
 * events) and the JDK. Everything is an immutable value or stateless.
 */
@NullMarked
package io.trafficmirror.run;

import org.jspecify.annotations.NullMarked;
