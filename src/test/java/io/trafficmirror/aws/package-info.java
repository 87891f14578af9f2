/** The SDK's clients over an HTTP client in memory, and what becomes of AWS's answers. */
@NullMarked
package io.trafficmirror.aws;

import org.jspecify.annotations.NullMarked;
