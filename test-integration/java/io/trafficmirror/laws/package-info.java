/**
 * What is promised whatever happens: the product's handler on embedded AWS, in-process and on a
 * clock that moves only when somebody sleeps.
 */
@NullMarked
package io.trafficmirror.laws;

import org.jspecify.annotations.NullMarked;
