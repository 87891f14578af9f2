/**
 * The AWS implementation of the ports, with the AWS SDK, which no other package imports.
 *
 * <p>Endpoints, Region and credentials come only from the SDK's own standard settings. Expected
 * failures are values: a refusal by AWS and a missing response are a {@link
 * io.trafficmirror.port.Failure}. Every type is thread-safe, like the SDK's clients.
 */
@NullMarked
package io.trafficmirror.aws;

import org.jspecify.annotations.NullMarked;
