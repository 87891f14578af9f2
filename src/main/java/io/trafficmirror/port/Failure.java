package io.trafficmirror.port;

/**
 * A failed call. Failures are expected, so this is a value and not an exception.
 *
 * @param kind what the failure means for the work that depends on the call
 * @param code the service's error code, or a code of this program if there was no answer
 * @param message the call, the id and the service's message; for logs only, never to be matched
 *     against
 */
public record Failure(FailureKind kind, String code, String message) {}
