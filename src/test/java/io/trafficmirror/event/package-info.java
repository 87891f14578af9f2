/** Tests of the event parser: the meaning of each field, and that no input causes an exception. */
@NullMarked
package io.trafficmirror.event;

import org.jspecify.annotations.NullMarked;
