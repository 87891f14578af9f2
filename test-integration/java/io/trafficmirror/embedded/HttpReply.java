package io.trafficmirror.embedded;

import java.util.Map;

/**
 * An answer as it goes over the wire.
 *
 * @param status the HTTP status
 * @param headers by name
 * @param body perhaps empty
 */
public record HttpReply(int status, Map<String, String> headers, byte[] body) {}
