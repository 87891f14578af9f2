/** What the words of an event mean, and that no bytes whatever are an exception. */
@NullMarked
package io.trafficmirror.event;

import org.jspecify.annotations.NullMarked;
