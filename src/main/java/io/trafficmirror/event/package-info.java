/**
 * Parses the JSON of an event into a {@link io.trafficmirror.event.MirrorEvent}. Never throws,
 * whatever the bytes are.
 *
 * <p>Pure: it imports {@code mirror} and gson, reads no clock and does no I/O. Every type is an
 * immutable value or stateless, hence safe to share between threads.
 */
@NullMarked
package io.trafficmirror.event;

import org.jspecify.annotations.NullMarked;
