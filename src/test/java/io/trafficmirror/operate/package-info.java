/**
 * Tests of what operators get besides the program: alarms, runbooks and the commands that are
 * shipped. May import everything.
 */
@NullMarked
package io.trafficmirror.operate;

import org.jspecify.annotations.NullMarked;
