/**
 * Laws that hold under any fault or order of events: the real handler on embedded AWS, in-process,
 * on a virtual clock that advances only when a thread sleeps.
 */
@NullMarked
package io.trafficmirror.laws;

import org.jspecify.annotations.NullMarked;
