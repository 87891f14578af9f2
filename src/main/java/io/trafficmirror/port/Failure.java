package io.trafficmirror.port;

/**
 * A call that did not do what it should: an expected event, hence a value.
 *
 * @param kind what it means
 * @param code the service's error code, or a word of ours where no answer came
 * @param message what was tried, on which id, and what the service said; for a log, never to be
 *     matched against
 */
public record Failure(FailureKind kind, String code, String message) {}
