package io.trafficmirror.function;

import java.time.Instant;

/**
 * An invocation of a function.
 *
 * @param requestId the request id
 * @param event JSON; not copied, so it must not be modified
 * @param deadline the time at which the environment is ended
 * @param functionArn the invoked ARN
 */
record Invocation(String requestId, byte[] event, Instant deadline, String functionArn) {}
