package io.trafficmirror.function;

import java.time.Instant;

/**
 * An event on its way to a function.
 *
 * @param requestId the invocation's id
 * @param event JSON; not copied, so not to be changed
 * @param deadline when the environment is ended
 * @param functionArn how the function was invoked
 */
record Invocation(String requestId, byte[] event, Instant deadline, String functionArn) {}
