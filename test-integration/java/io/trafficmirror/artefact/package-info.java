/** Tests of the zip file that users deploy, and of the function in it. */
@NullMarked
package io.trafficmirror.artefact;

import org.jspecify.annotations.NullMarked;
