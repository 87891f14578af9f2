/**
 * Tests of everything for operators except the program itself: alarms, runbooks and shipped
 * commands. May import every package.
 */
@NullMarked
package io.trafficmirror.operate;

import org.jspecify.annotations.NullMarked;
