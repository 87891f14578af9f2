/**
 * The cloud: the ports of {@code reconcile} over the AWS SDK, which no other package imports.
 *
 * <p>Endpoints, region and credentials come from the SDK's own standard settings and from nowhere
 * else. Expected failures are values: what AWS refuses, and what never arrives, is a {@link
 * io.trafficmirror.reconcile.Failure}. Every type is safe for use by several threads, as the SDK's
 * clients are.
 */
@NullMarked
package io.trafficmirror.aws;

import org.jspecify.annotations.NullMarked;
