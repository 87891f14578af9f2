/** The package that users deploy, looked at as a file. */
@NullMarked
package io.trafficmirror.artefact;

import org.jspecify.annotations.NullMarked;
