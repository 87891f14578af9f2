/**
 * Tests of the SDK's clients with an in-memory HTTP client, and of the mapping of AWS's responses.
 */
@NullMarked
package io.trafficmirror.aws;

import org.jspecify.annotations.NullMarked;
